package org.encore.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Intervals;
import org.encore.report.table.Mean;
import org.encore.report.table.Means;
import org.encore.report.table.Names;
import org.encore.report.table.Row;

/**
 * A variant between quality and latency.
 *
 * @param name for people
 * @param variant position among all variants
 * @param latency median in ms
 * @param score mean over seeds
 */
record TradeOff(String name, int variant, Estimate latency, Mean score) {

    /** Those of some rows that have both, in their order. */
    static List<TradeOff> of(RunResults results, Means means, List<Row> rows, String split, String metric, boolean firstToken) {
        var names = Names.of(results.cells());
        var points = new ArrayList<TradeOff>();
        for (Row row : rows) {
            Optional<Mean> score = means.of(row, split, metric).filter(mean -> Double.isFinite(mean.value()));
            Optional<Estimate> latency = row.cells().stream().map(cell -> results.speed(cell.id())).flatMap(Optional::stream).findFirst()
                    .map(speed -> of(speed, firstToken)).filter(estimate -> Double.isFinite(estimate.median()));
            if (score.isPresent() && latency.isPresent()) {
                points.add(new TradeOff(row.name(), names.variant(row.cells().getFirst().id()), latency.get(), score.get()));
            }
        }
        return points;
    }

    private static Estimate of(BenchmarkSummary.Cell speed, boolean firstToken) {
        return firstToken ? speed.firstTokenMillis() : speed.perTokenMillis();
    }

    /** Whether another is at least as good in both respects and better in one, as far as the estimates themselves go. */
    boolean dominatedBy(TradeOff other) {
        double gain = score.lowerIsBetter() ? score.value() - other.score.value() : other.score.value() - score.value();
        double sooner = latency.median() - other.latency.median();
        return gain >= 0 && sooner >= 0 && gain + sooner > 0;
    }

    /** Those that no other dominates, the fastest first. */
    static List<TradeOff> front(List<TradeOff> all) {
        return all.stream().filter(point -> all.stream().noneMatch(point::dominatedBy))
                .sorted(Comparator.comparingDouble(point -> point.latency.median())).toList();
    }

    String words(boolean front) {
        String unit = score.unit().isEmpty() ? "" : " " + Names.shown(score.unit());
        String seeds = score.seeds() == 1 ? "one seed" : score.seeds() + " seeds";
        return name + ": " + score.text() + unit + String.format(Locale.ROOT, " (%s) at ", seeds) + Intervals.of(latency, 3) + " ms"
                + (front ? "" : ", dominated");
    }
}
