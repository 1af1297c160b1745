package org.encore.report.chart;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Comparison;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunResults;
import org.encore.modelled.Predictions;
import org.encore.report.table.Intervals;
import org.encore.report.table.Measured;
import org.encore.report.table.Names;
import org.jfree.chart.JFreeChart;

/**
 * A claim taken apart: how many times sooner one model is than another, under one set of conditions after the other, as a waterfall. A bar reaches
 * from the ratio of the rung before to that of its own.
 */
public final class LadderChart {

    private static final double HALF = 0.2;
    private static final double MARGIN = 1.2;

    private LadderChart() {}

    /** The ratio on one rung. @param modelled device to ratio, never part of anything measured */
    private record Rung(String name, Estimate ratio, Map<String, Double> modelled) {}

    /**
     * The figure; empty unless a pair was measured under several conditions at the same lengths.
     *
     * @param predictions shown as rings beside what was measured
     */
    public static Optional<Figure> of(RunResults results, Optional<Predictions> predictions, boolean first) {
        var rungs = new ArrayList<Rung>();
        String pair = "";
        for (Map.Entry<String, BenchmarkSummary> entry : results.benchmarks().entrySet()) {
            BenchmarkSummary race = entry.getValue();
            List<Measured> models = Measured.of(results, race);
            Optional<Estimate> ratio = models.size() < 2 ? Optional.empty() : ratio(race, models.get(0).cell(), models.get(1).cell(), first);
            if (ratio.isPresent()) {
                pair = models.get(1).name() + " against " + models.get(0).name();
                rungs.add(new Rung(Names.shown(entry.getKey().isEmpty() ? "all" : entry.getKey()), ratio.get(),
                        predictions.map(p -> modelled(p, models, first)).orElse(Map.of())));
            }
        }
        boolean conditions = results.benchmarks().values().stream().map(BenchmarkSummary::conditions).distinct().count() > 1;
        boolean lengths = results.benchmarks().values().stream().map(BenchmarkSummary::sourceTokens).distinct().count() > 1;
        return rungs.size() < 2 || !conditions || lengths ? Optional.empty() : Optional.of(figure(rungs, pair, first));
    }

    /** How many times sooner the second is than the first. */
    private static Optional<Estimate> ratio(BenchmarkSummary race, String slow, String fast, boolean first) {
        String quantity = first ? "firstTokenMillis" : "perTokenMillis";
        for (Comparison pair : race.comparisons()) {
            if (pair.quantity().equals(quantity) && pair.slower().equals(slow) && pair.faster().equals(fast)) {
                return Optional.of(pair.ratio());
            }
            if (pair.quantity().equals(quantity) && pair.slower().equals(fast) && pair.faster().equals(slow)) {
                return Optional.of(new Estimate(1 / pair.ratio().median(), 1 / pair.ratio().high(), 1 / pair.ratio().low()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Double> modelled(Predictions predictions, List<Measured> models, boolean first) {
        return predictions.devices().keySet().stream().filter(device -> predictions.of(models.get(0).cell(), device).isPresent()
                && predictions.of(models.get(1).cell(), device).isPresent()).collect(Collectors.toMap(device -> device, device -> {
                    var slow = predictions.of(models.get(0).cell(), device).orElseThrow();
                    var fast = predictions.of(models.get(1).cell(), device).orElseThrow();
                    return first ? slow.firstTokenMillis() / fast.firstTokenMillis() : slow.perTokenMillis() / fast.perTokenMillis();
                }, (a, b) -> a, LinkedHashMap::new));
    }

    private static Figure figure(List<Rung> rungs, String pair, boolean first) {
        var table = new ArrayList<List<Object>>(List.of(List.of("rung", "kind", "device", "ratio", "low", "high")));
        for (Rung rung : rungs) {
            table.add(List.of(rung.name(), "measured", "this machine", rung.ratio().median(), rung.ratio().low(), rung.ratio().high()));
            rung.modelled().forEach((device, ratio) -> table.add(List.of(rung.name(), "modelled", device, ratio, "", "")));
        }
        String what = first ? "first token" : "later tokens";
        String words = "How many times sooner: " + pair + ", " + what + ". " + rungs.stream().map(rung -> rung.name() + ": "
                + Intervals.of(rung.ratio(), 2))
                .collect(Collectors.joining("; "));
        boolean rings = rungs.stream().anyMatch(rung -> !rung.modelled().isEmpty());
        List<Key> keys = new ArrayList<>(List.of(new Key("more than on the rung before", Palette.variant(2), Key.Mark.AREA),
                new Key("less", Palette.variant(1), Key.Mark.AREA)));
        if (rings) {
            keys.add(new Key("modelled, one ring for each device", Palette.MUTED, Key.Mark.CIRCLE));
        }
        return new Figure("ladder-" + (first ? "first-token" : "later-tokens"), "The claim, rung by rung: " + what, pair
                + ": how many times sooner, measured "
                + "here, under one set of conditions after the other. The line is the median of pairs, the bar across it its 95 % interval."
                + (rings ? " Rings are modelled, not measured." : ""), words, chart(rungs, keys), RowPlot.height(rungs.size()), keys, table);
    }

    private static JFreeChart chart(List<Rung> rungs, List<Key> keys) {
        DoubleSummaryStatistics all = rungs.stream().flatMapToDouble(rung -> DoubleStream.concat(DoubleStream.of(1, bottom(rung.ratio()), top(rung.ratio())),
                rung.modelled().values().stream().mapToDouble(Double::doubleValue))).summaryStatistics();
        var plot = RowPlot.ofRatios(rungs.stream().map(Rung::name).toList(), "times sooner", all.getMin() / MARGIN, all.getMax());
        double before = 1;
        for (int row = 0; row < rungs.size(); row++) {
            Rung rung = rungs.get(row);
            double ratio = rung.ratio().median();
            plot.bar(row, Math.min(before, ratio), Math.max(before, ratio), HALF, Palette.variant(ratio >= before ? 2 : 1));
            if (Intervals.bounded(rung.ratio())) {
                plot.line(row, rung.ratio().low(), rung.ratio().high(), 4, Palette.INK);
            }
            plot.tick(row, ratio, HALF, 2, Palette.INK);
            for (double modelled : rung.modelled().values()) {
                plot.dot(row, modelled, Palette.MUTED, false);
            }
            double end = Math.max(Math.max(before, top(rung.ratio())), rung.modelled().values().stream().mapToDouble(Double::doubleValue).max()
                    .orElse(0));
            plot.note(row, end, String.format(Locale.ROOT, rung.modelled().isEmpty() ? "  %.2f times" : "  %.2f times, measured", ratio));
            before = ratio;
        }
        return plot.chart(keys);
    }

    private static double bottom(Estimate ratio) {
        return Intervals.bounded(ratio) ? ratio.low() : ratio.median();
    }

    private static double top(Estimate ratio) {
        return Intervals.bounded(ratio) ? ratio.high() : ratio.median();
    }
}
