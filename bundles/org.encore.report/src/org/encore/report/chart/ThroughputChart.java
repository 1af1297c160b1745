package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Tokens trained in a second, over tokens seen: the mean of the seeds that are as far. */
public final class ThroughputChart {

    private static final double MILLION = 1e6;
    private static final int HEIGHT = 320;

    private ThroughputChart() {}

    /**
     * The figure of one place.
     *
     * @param training by cell
     */
    public static Figure of(Place place, Names names, Map<String, List<Event.TrainStep>> training) {
        var lines = new XYSeriesCollection();
        var pen = new XYLineAndShapeRenderer(true, false);
        pen.setDrawSeriesLineAsPath(true);
        var keys = new ArrayList<Key>();
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "tokens", "tokensPerSecond")));
        for (Row row : place.rows()) {
            int variant = names.variant(row.cells().getFirst().id());
            SeedBand band = SeedBand.of(row.cells().stream().map(cell -> curve(training.getOrDefault(cell.id(), List.of()))).toList());
            var series = new XYSeries(row.name(), false);
            band.points().forEach(at -> series.add(at.x(), at.mean()));
            band.alone().forEach(alone -> add(series, alone));
            if (!series.isEmpty()) {
                pen.setSeriesPaint(lines.getSeriesCount(), Palette.variant(variant));
                pen.setSeriesStroke(lines.getSeriesCount(), ChartStyle.stroke(variant, true));
                pen.setSeriesShapesVisible(lines.getSeriesCount(), series.getItemCount() == 1);
                lines.addSeries(series);
                keys.add(Key.line(row.name(), variant));
            }
            row.cells().forEach(cell -> training.getOrDefault(cell.id(), List.of()).forEach(p -> table.add(List.of(names.of(cell.id()), p.tokens(),
                    p.tokensPerSecond()))));
        }
        String words = "Tokens trained in a second. " + place.rows().stream().flatMap(row -> row.cells().stream())
                .filter(cell -> training.containsKey(cell.id())).map(cell -> String.format(Locale.ROOT, "%s %,.0f", names.of(cell.id()),
                        training.get(cell.id()).getLast().tokensPerSecond())).collect(Collectors.joining("; "));
        return new Figure("throughput" + place.suffix(), "Training speed", "Source and target tokens, padding not counted; the mean over seeds.", words,
                chart(lines, pen, keys), HEIGHT, keys, table);
    }

    private static SeedBand.Curve curve(List<Event.TrainStep> steps) {
        List<Event.TrainStep> finite = steps.stream().filter(step -> Double.isFinite(step.tokensPerSecond()) && step.tokensPerSecond() > 0).toList();
        return new SeedBand.Curve(finite.stream().mapToDouble(step -> step.tokens() / MILLION).toArray(), finite.stream()
                .mapToDouble(Event.TrainStep::tokensPerSecond).toArray());
    }

    private static void add(XYSeries series, SeedBand.Curve alone) {
        if (series.isEmpty()) {
            for (int i = 0; i < alone.x().length; i++) {
                series.add(alone.x()[i], alone.y()[i]);
            }
        }
    }

    private static JFreeChart chart(XYSeriesCollection lines, XYLineAndShapeRenderer pen, List<Key> keys) {
        var speed = new NumberAxis("tokens per second");
        var plot = new XYPlot(lines, new NumberAxis("million tokens seen"), speed, pen);
        plot.setFixedLegendItems(Key.legend(keys));
        plot.setNoDataMessage("nothing was trained yet");
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
