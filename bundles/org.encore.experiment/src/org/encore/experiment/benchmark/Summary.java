package org.encore.experiment.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.LoadedModel;
import org.encore.api.run.StageContext.Variant;
import org.encore.bench.Quantity;
import org.encore.bench.RaceResult;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.workload.Batch;
import org.encore.bench.workload.SingleStream;
import org.encore.bench.workload.Workload;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.result.BenchmarkSummary;

import com.google.gson.GsonBuilder;

/** From measurements to what is reported. */
final class Summary {

    private Summary() {}

    /**
     * What a summary is made of beside the race.
     *
     * @param models each with what was loaded of it
     * @param backend description
     * @param room tokens that a generator had room for
     * @param machine limits, if they are known
     * @param environment machine and system
     * @param untrained whether weights were random
     */
    record Surroundings(Map<Variant, LoadedModel> models, String backend, int room, Optional<MachineLimits> machine, Map<String, String> environment,
            boolean untrained) {}

    /**
     * A summary.
     *
     * @param peaks of memory, by cell
     * @param partial whether the race was stopped
     */
    static BenchmarkSummary of(BenchmarkOptions options, RaceResult race, Surroundings around, Map<String, Double> peaks, boolean partial) {
        var cells = new LinkedHashMap<String, BenchmarkSummary.Cell>();
        Conditions conditions = Conditions.of(options.backend());
        Workload asked = options.scenario();
        Optional<BenchmarkSummary.Limits> limits = Optional.empty();
        for (var entry : around.models().entrySet()) {
            Variant variant = entry.getKey();
            LoadedModel model = entry.getValue();
            Estimate first = race.estimate(variant.cell(), Quantity.FIRST_TOKEN);
            Estimate later = race.estimate(variant.cell(), Quantity.PER_TOKEN);
            double bytesOfWeight = (double) model.weightBytes() / variant.model().parameterCount();
            limits = Shares.limits(around.machine(), options.backend().extension().device(), bytesOfWeight);
            // the work of a conversation or of a queue is not that of one request
            boolean counted = asked instanceof SingleStream || asked instanceof Batch;
            Optional<BenchmarkSummary.Roofline> roofline = limits.filter(l -> counted).map(l -> Shares.of(l, variant.model(), conditions.scenario(), asked.rows(),
                    options.sourceTokens(), options.targetTokens(), bytesOfWeight, first.value(), later.value()));
            cells.put(variant.cell(), new BenchmarkSummary.Cell(estimate(first), estimate(later), peaks.getOrDefault(variant.cell(), Double.NaN),
                    model.weightBytes(), model.stateBytes(asked.rows(), around.room()), percentiles(race.laterMillis(variant.cell())),
                    estimate(race.endToEnd(variant.cell())), roofline.orElse(null),
                    race.firstTokens(variant.cell()).stream().map(Summary::estimate).toList()));
        }
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
                race.disturbedThroughout(), around.untrained(), partial);
        return new BenchmarkSummary(around.backend(), options.sourceTokens(), options.targetTokens(), race.repeats() - voided, voided, course, cells,
                comparisons, noise, around.environment(), conditions.options(), limits.orElse(null),
                new BenchmarkSummary.Asked(asked.words(), asked.rows(), asked.requests()));
    }

    static void write(Path folder, BenchmarkSummary summary) throws IOException {
        Files.writeString(folder.resolve("summary.json"),
                new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create().toJson(summary));
    }

    private static BenchmarkSummary.Percentiles percentiles(double[] millis) {
        Arrays.sort(millis);
        return new BenchmarkSummary.Percentiles(at(millis, 0.5), at(millis, 0.9), at(millis, 0.99), millis.length);
    }

    /** By nearest rank: a time that was measured. */
    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
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
