package org.encore.workbench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.report.chart.Figure;
import org.encore.report.chart.LatencyChart;
import org.encore.report.table.Measured;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.jspecify.annotations.Nullable;

/** Times of repeats as they arrive, of the models that take turns. What is concluded from them is in the report, with intervals. */
abstract sealed class LatencyView extends RunChart permits FirstTokenView, PerTokenView {

    private final boolean firstToken;

    LatencyView(boolean firstToken) {
        this.firstToken = firstToken;
    }

    @Override
    protected String advice() {
        return (firstToken ? "The time to the first token" : "The time per later token")
                + " appears here, repeat by repeat, as soon as the chosen run is measured.";
    }

    @Override
    protected @Nullable Figure figure(Snapshot run, Set<String> without, boolean smoothed) {
        ToDoubleFunction<Event.Sample> quantity = firstToken ? Event.Sample::firstTokenMillis : Event.Sample::perTokenMillis;
        Map<String, double[]> times = new LinkedHashMap<>();
        boolean all = disturbed(run);
        run.samples().forEach((cell, samples) -> times.put(cell, samples.stream().filter(sample -> all || !sample.voided()).mapToDouble(quantity)
                .filter(Double::isFinite).toArray()));
        times.values().removeIf(of -> of.length == 0);
        if (times.isEmpty()) {
            return null;
        }
        Place place = place(run, without);
        Names names = names(run);
        List<Measured> models = cells(place).stream().filter(cell -> times.containsKey(cell.id())).map(cell -> new Measured(cell.id(),
                names.of(cell.id()), names.variant(cell.id()), soFar(times.get(cell.id())))).toList();
        return LatencyChart.of(firstToken ? "first-token" : "per-token", "", models, times, firstToken);
    }

    @Override
    protected String description(Snapshot run) {
        return (run.measuring() ? "Repeats so far, at most one a second. " : "") + super.description(run)
                + (disturbed(run) ? "  (disturbed: most repeats were voided, so all are shown)" : "");
    }

    /** Whether more than half of the repeats were voided: estimates are of all of them then, and so is the chart. */
    private static boolean disturbed(Snapshot run) {
        long voided = run.samples().values().stream().flatMap(List::stream).filter(Event.Sample::voided).count();
        return 2 * voided > run.samples().values().stream().mapToInt(List::size).sum();
    }

    /** No interval is given before the race is over: how many repeats will be voided is not known yet. */
    private static BenchmarkSummary.Cell soFar(double[] times) {
        double[] sorted = times.clone();
        java.util.Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        var estimate = new Estimate(median, Double.NaN, Double.NaN);
        return new BenchmarkSummary.Cell(estimate, estimate, Double.NaN, 0, 0);
    }
}
