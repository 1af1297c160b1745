package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Measured;
import org.encore.report.table.Names;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Every model under this machine's roof (Williams, Waterman and Patterson 2009): operations per byte that it reads against operations per second
 * that it reached. A point on the roof could not be faster here.
 */
public final class RooflineChart {

    private static final int HEIGHT = 340;
    private static final double GIGA = 1e9;

    private RooflineChart() {}

    /** Reading or generating of one model. @param intensity operations per byte @param rate operations per second, in 10^9 */
    private record Point(String name, int variant, double intensity, double rate, double share) {}

    /** The figure of all races that share a roof; empty if no limits are known. */
    public static Optional<Figure> of(RunResults results) {
        Optional<BenchmarkSummary.Limits> roof = results.benchmarks().values().stream().map(BenchmarkSummary::limits)
                .filter(java.util.Objects::nonNull).findFirst();
        if (roof.isEmpty()) {
            return Optional.empty();
        }
        var first = new ArrayList<Point>();
        var later = new ArrayList<Point>();
        results.benchmarks().forEach((label, race) -> {
            if (roof.get().equals(race.limits())) {
                for (Measured model : Measured.of(results, race)) {
                    BenchmarkSummary.Roofline of = model.found().roofline();
                    if (of != null) {
                        String name = model.name() + (label.isEmpty() ? "" : ", " + label);
                        first.add(new Point(Names.shown(name), model.variant(), of.firstFlops() / of.firstBytes(),
                                of.firstFlops() / model.found().firstTokenMillis().median() * 1e3 / GIGA, of.firstShare()));
                        later.add(new Point(Names.shown(name), model.variant(), of.laterFlops() / of.laterBytes(),
                                of.laterFlops() / model.found().perTokenMillis().median() * 1e3 / GIGA, of.laterShare()));
                    }
                }
            }
        });
        return first.isEmpty() ? Optional.empty() : Optional.of(figure(roof.get(), first, later));
    }

    private static Figure figure(BenchmarkSummary.Limits roof, List<Point> first, List<Point> later) {
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "phase", "operationsPerByte", "gigaOperationsPerSecond",
                "shareOfRoofline")));
        first.forEach(point -> table.add(List.of(point.name(), "first token", point.intensity(), point.rate(), point.share())));
        later.forEach(point -> table.add(List.of(point.name(), "later tokens", point.intensity(), point.rate(), point.share())));
        List<Key> keys = new ArrayList<>(List.of(new Key("roof: measured limits", Palette.INK, Key.Mark.LINE)));
        first.stream().map(point -> Key.point(point.name().replaceFirst(",.*", ""), point.variant())).distinct().forEach(keys::add);
        String words = "Share of the roofline. " + java.util.stream.IntStream.range(0, first.size()).mapToObj(i -> String.format(Locale.ROOT,
                "%s: first token %.0f %%, later tokens %.0f %%", first.get(i).name(), 100 * first.get(i).share(), 100 * later.get(i).share()))
                .collect(Collectors.joining("; "));
        return new Figure("roofline", "Under this machine's roof", String.format(Locale.ROOT,
                "Times are measured, operations and bytes counted from the graph. Roof: %.3g GFLOP/s and %.3g GB/s, "
                + "measured %s. Points to the right read a source, points "
                + "to the left generate. Sums over operations of different intensity "
                + "lie below the roof even where each is on it; "
                + "the shares in the table count operation by operation.", roof.operationsPerSecond() / GIGA, roof.bytesPerSecond() / GIGA,
                roof.when()), words,
                chart(roof, first, later, keys), HEIGHT, keys, table);
    }

    private static JFreeChart chart(BenchmarkSummary.Limits roof, List<Point> first, List<Point> later, List<Key> keys) {
        var data = new XYSeriesCollection();
        var pen = new XYLineAndShapeRenderer(true, false);
        double low = later.stream().mapToDouble(Point::intensity).min().orElse(0.5) / 2;
        double high = first.stream().mapToDouble(Point::intensity).max().orElse(100) * 2;
        double ridge = roof.operationsPerSecond() / roof.bytesPerSecond();
        var line = new XYSeries("roof");
        line.add(low, low * roof.bytesPerSecond() / GIGA);
        if (ridge > low && ridge < high) {
            line.add(ridge, roof.operationsPerSecond() / GIGA);
        }
        line.add(high, Math.min(high * roof.bytesPerSecond(), roof.operationsPerSecond()) / GIGA);
        data.addSeries(line);
        pen.setSeriesPaint(0, Palette.INK);
        pen.setSeriesStroke(0, ChartStyle.stroke(0, true));
        var all = new ArrayList<>(first);
        all.addAll(later);
        for (Point point : all) {
            int index = data.getSeriesCount();
            var series = new XYSeries(point.name() + " " + index);
            series.add(point.intensity(), point.rate());
            data.addSeries(series);
            pen.setSeriesLinesVisible(index, false);
            pen.setSeriesShapesVisible(index, true);
            pen.setSeriesShape(index, ChartStyle.point(point.variant()));
            pen.setSeriesPaint(index, Palette.variant(point.variant()));
        }
        var plot = new XYPlot(data, LengthChart.Axes.logarithmic("operations per byte"), LengthChart.Axes.logarithmic("GFLOP/s reached"), pen);
        plot.setFixedLegendItems(Key.legend(keys));
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
