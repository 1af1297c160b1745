package org.encore.experiment.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.LoadedModel;
import org.encore.api.run.StageContext.Variant;
import org.encore.bench.Quantity;
import org.encore.bench.RaceResult;
import org.encore.bench.statistics.Estimate;
import org.encore.experiment.result.BenchmarkSummary;

/** From measurements to what is reported. */
final class Summary {

    private Summary() {}

    static BenchmarkSummary of(BenchmarkOptions options, RaceResult race, Map<Variant, LoadedModel> models, Map<String, Double> peaks, String backend,
            Map<String, String> environment, int room) {
        var cells = new LinkedHashMap<String, BenchmarkSummary.Cell>();
        models.forEach((variant, model) -> cells.put(variant.cell(), new BenchmarkSummary.Cell(estimate(race.estimate(variant.cell(), Quantity.FIRST_TOKEN)),
                estimate(race.estimate(variant.cell(), Quantity.PER_TOKEN)), peaks.getOrDefault(variant.cell(), Double.NaN), model.weightBytes(),
                model.stateBytes(1, room))));
        var comparisons = new ArrayList<BenchmarkSummary.Comparison>();
        for (Quantity quantity : Quantity.values()) {
            for (int i = 0; i < race.contestants().size(); i++) {
                for (int j = i + 1; j < race.contestants().size(); j++) {
                    comparisons.add(comparison(race, quantity, race.contestants().get(i), race.contestants().get(j)));
                }
            }
        }
        var noise = new LinkedHashMap<String, BenchmarkSummary.Estimate>();
        for (Quantity quantity : Quantity.values()) {
            noise.put(BenchmarkStage.name(quantity), estimate(race.noiseFloor(quantity).estimate()));
        }
        int voided = race.voided().size();
        var course = new BenchmarkSummary.Course(race.warmup().repeats(), race.warmup().stationary(), race.hasEvidence(), race.noisy(),
                race.disturbedThroughout());
        return new BenchmarkSummary(backend, options.sourceTokens(), options.targetTokens(), race.repeats() - voided, voided, course, cells,
                comparisons, noise, environment);
    }

    private static BenchmarkSummary.Comparison comparison(RaceResult race, Quantity quantity, String a, String b) {
        Estimate ratio = race.ratio(a, b, quantity).estimate();
        boolean slower = ratio.value() >= 1;
        Estimate shown = slower ? ratio : race.ratio(b, a, quantity).estimate();
        List<String> order = slower ? List.of(b, a) : List.of(a, b);
        return new BenchmarkSummary.Comparison(order.get(0), order.get(1), BenchmarkStage.name(quantity), estimate(shown), shown.count());
    }

    private static BenchmarkSummary.Estimate estimate(Estimate estimate) {
        return new BenchmarkSummary.Estimate(estimate.value(), estimate.low(), estimate.high());
    }
}
