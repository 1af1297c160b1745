package org.encore.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.Counted;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.report.table.Intervals;
import org.encore.report.table.Measured;
import org.jfree.chart.JFreeChart;

/** How latency is distributed: every counted repeat of each model as a point, the middle half of them in a box, the median with its interval. */
public final class LatencyChart {

    /**
     * The axis ends where this share of the repeats of every model is seen; what lies beyond is counted, so that one outlier does not squeeze all
     * others.
     */
    private static final double SEEN = 0.98;
    private static final double MARGIN = 0.06;
    private static final double GOLDEN = 0.6180339887;
    private static final double SPREAD = 0.46;
    private static final double BOX = 0.27;
    private static final double OPACITY = 0.4;

    private LatencyChart() {}

    /**
     * The figure of one race.
     *
     * @param name of its files
     * @param where of which race, such as {@code  (backend ort)}; empty if there is but one
     * @param models that were timed
     * @param times cell to what its counted repeats took, in ms
     */
    public static Figure of(String name, String where, List<Measured> models, Map<String, double[]> times, boolean firstToken) {
        String what = firstToken ? "time to first token" : "time per later token";
        List<Measured> shown = models.stream().filter(model -> times(times, model).length > 0).toList();
        double low = shown.stream().mapToDouble(model -> quantile(times(times, model), 0)).min().orElse(0);
        double high = shown.stream().mapToDouble(model -> Math.max(quantile(times(times, model), SEEN), upper(latency(model, firstToken)))).max()
                .orElse(1);
        double margin = MARGIN * (high > low ? high - low : high);   // a race of which one repeat is known has but one time
        long beyond = shown.stream().flatMapToDouble(model -> Arrays.stream(times(times, model))).filter(time -> time > high + margin).count();
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "repeat", "millis")));
        for (Measured model : shown) {
            double[] all = times(times, model);
            for (int i = 0; i < all.length; i++) {
                table.add(List.of(model.name(), i, all[i]));
            }
        }
        String caption = "Each point is one counted repeat; the box holds the middle half; the line is the median, "
                + "the bar across it its 95 % interval"
                + (beyond == 0 ? "." : String.format(Locale.ROOT, ". Not in view: %s beyond %.3g ms.", Counted.of(beyond, "repeat"), high + margin));
        String words = "Distribution of the " + what + where + ". " + shown.stream().map(model -> words(model, times(times, model), firstToken))
                .collect(Collectors.joining("; "));
        return new Figure(name, (firstToken ? "Time to first token" : "Time per later token") + where, caption, words,
                chart(shown, times, firstToken, what, low - margin, high + margin), RowPlot.height(shown.size()), List.of(), table);
    }

    private static JFreeChart chart(List<Measured> models, Map<String, double[]> times, boolean firstToken, String what, double from, double to) {
        var plot = new RowPlot(models.stream().map(Measured::name).toList(), what + ", ms", Math.max(0, from), to);
        for (int row = 0; row < models.size(); row++) {
            Measured model = models.get(row);
            double[] seen = Arrays.stream(times(times, model)).filter(time -> time <= to).toArray();
            var offsets = new double[seen.length];
            Arrays.setAll(offsets, i -> ((i * GOLDEN) % 1 - 0.5) * SPREAD);
            plot.dots(row, seen, offsets, ChartStyle.faint(Palette.variant(model.variant()), OPACITY));
            double[] all = times(times, model);
            plot.box(row, quantile(all, 0.25), quantile(all, 0.75), BOX, Palette.variant(model.variant()));
            Estimate latency = latency(model, firstToken);
            if (Intervals.bounded(latency)) {
                plot.line(row, latency.low(), latency.high(), 4, Palette.INK);
            }
            plot.tick(row, latency.median(), BOX, 2, Palette.INK);
        }
        return plot.chart(List.of());
    }

    private static String words(Measured model, double[] times, boolean firstToken) {
        return String.format(Locale.ROOT, "%s: median %s ms, half of %d repeats from %.3f to %.3f ms, the slowest %.3f ms", model.name(),
                Intervals.of(latency(model, firstToken), 3), times.length, quantile(times, 0.25), quantile(times, 0.75), quantile(times, 1));
    }

    private static double[] times(Map<String, double[]> times, Measured model) {
        return times.getOrDefault(model.cell(), new double[0]);
    }

    private static Estimate latency(Measured model, boolean firstToken) {
        return firstToken ? model.found().firstTokenMillis() : model.found().perTokenMillis();
    }

    private static double upper(Estimate latency) {
        return Intervals.bounded(latency) ? latency.high() : latency.median();
    }

    /** Between the two values around it (Hyndman and Fan 1996, type 7). */
    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}
