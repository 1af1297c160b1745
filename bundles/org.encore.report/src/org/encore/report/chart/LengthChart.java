package org.encore.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Intervals;
import org.encore.report.table.Names;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Latency against the length of the source, with the interval of each median as a band. */
public final class LengthChart {

    private static final int HEIGHT = 320;
    private static final float BAND = 0.2f;

    private LengthChart() {}

    /** Medians of one variant by length. */
    private record Line(String name, int variant, TreeMap<Integer, Estimate> byLength) {}

    /** The figure; empty if every model was measured at one length only. */
    public static Optional<Figure> of(RunResults results, boolean first) {
        List<Line> lines = lines(results, first);
        if (lines.stream().noneMatch(line -> line.byLength().size() > 1)) {
            return Optional.empty();
        }
        String what = first ? "time to first token" : "time per later token";
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "sourceTokens", "millis", "low", "high")));
        lines.forEach(line -> line.byLength().forEach((n, time) -> table.add(List.of(line.name(), n, time.median(), time.low(), time.high()))));
        String words = what + " against tokens read. " + lines.stream().map(line -> line.name() + ": " + line.byLength().entrySet().stream()
                .map(at -> at.getKey() + " tokens " + Intervals.of(at.getValue(), 1) + " ms").collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        List<Key> keys = lines.stream().map(line -> Key.line(line.name(), line.variant())).toList();
        return Optional.of(new Figure("lengths-" + (first ? "first-token" : "later-token"), first ? "Time to first token against length"
                : "Time per later token against length",
                "Measured. Medians; the band is their 95 % interval. Both axes are logarithmic: a straight line of slope one is proportional.", words,
                chart(lines, what, keys), HEIGHT, keys, table));
    }

    private static List<Line> lines(RunResults results, boolean first) {
        var names = Names.of(results.cells());
        var lines = new LinkedHashMap<String, Line>();
        Map<String, Event.Cell> cells = results.cells().stream().collect(Collectors.toMap(Event.Cell::id, cell -> cell));
        for (BenchmarkSummary race : results.benchmarks().values()) {
            race.cells().forEach((id, found) -> {
                Event.Cell cell = cells.get(id);
                if (cell != null) {
                    // what stands for the length itself is the axis
                    String others = cell.axes().entrySet().stream().filter(axis -> !axis.getValue().equals(Integer.toString(race.sourceTokens())))
                            .map(axis -> axis.getKey() + " " + axis.getValue()).collect(Collectors.joining(", "));
                    String name = Names.shown(cell.variant() + (others.isEmpty() ? "" : ", " + others));
                    lines.computeIfAbsent(name, n -> new Line(n, names.variant(id), new TreeMap<>())).byLength().put(race.sourceTokens(),
                            first ? found.firstTokenMillis() : found.perTokenMillis());
                }
            });
        }
        return new ArrayList<>(lines.values());
    }

    private static JFreeChart chart(List<Line> lines, String what, List<Key> keys) {
        var data = new YIntervalSeriesCollection();
        var brush = new DeviationRenderer(true, true);
        brush.setAlpha(BAND);
        for (Line line : lines) {
            var series = new YIntervalSeries(line.name(), true, false);
            line.byLength().forEach((n, time) -> series.add(n, time.median(), Intervals.bounded(time) ? time.low() : time.median(),
                    Intervals.bounded(time) ? time.high() : time.median()));
            int index = data.getSeriesCount();
            data.addSeries(series);
            brush.setSeriesPaint(index, Palette.variant(line.variant()));
            brush.setSeriesFillPaint(index, Palette.variant(line.variant()));
            brush.setSeriesStroke(index, ChartStyle.stroke(line.variant(), true));
            brush.setSeriesShape(index, ChartStyle.point(line.variant()));
        }
        var plot = new XYPlot(data, Axes.logarithmic("tokens read"), Axes.logarithmic(what + ", ms"), brush);
        plot.setFixedLegendItems(Key.legend(keys));
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }

    /** Axes of several charts. */
    static final class Axes {
        private Axes() {}

        /** With a line at each power of two, labelled by its value. */
        static LogAxis logarithmic(String label) {
            var axis = new LogAxis(label);
            axis.setBase(2);
            axis.setTickUnit(new NumberTickUnit(1));   // in powers of the base
            axis.setNumberFormatOverride(new java.text.DecimalFormat("#,##0.###", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT)));
            axis.setLowerMargin(0.08);
            axis.setUpperMargin(0.08);
            return axis;
        }
    }
}
