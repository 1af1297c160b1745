package org.encore.report.chart;

import java.awt.geom.Ellipse2D;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Quality against latency: one point for each model, with the interval of its latency. */
public final class TradeOffChart {

    private static final double POINT = 10;

    private TradeOffChart() {}

    /**
     * The chart; models without score or timing are left out.
     *
     * @param metric id, on the test split
     * @param firstToken whether latency is of the first token or of each later one
     */
    public static JFreeChart of(RunResults results, String metric, boolean firstToken) {
        var data = new XYIntervalSeriesCollection();
        var renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        List<String> variants = results.cells().stream().map(Event.Cell::variant).distinct().toList();
        String unit = "";
        for (Event.Cell cell : results.cells()) {
            var scores = results.scores().get(cell.id());
            BenchmarkSummary.Cell speed = results.benchmark().map(b -> b.cells().get(cell.id())).orElse(null);
            if (scores == null || speed == null || !scores.splits().containsKey("test")) {
                continue;
            }
            var score = scores.splits().get("test").get(metric);
            BenchmarkSummary.Estimate latency = firstToken ? speed.firstTokenMillis() : speed.perTokenMillis();
            unit = score.unit();
            var series = new XYIntervalSeries(cell.id());
            boolean bounded = Double.isFinite(latency.low()) && Double.isFinite(latency.high());
            series.add(latency.median(), bounded ? latency.low() : latency.median(), bounded ? latency.high() : latency.median(), score.value(),
                    score.value(), score.value());
            int index = data.getSeriesCount();
            data.addSeries(series);
            renderer.setSeriesPaint(index, ChartStyle.colour(variants.indexOf(cell.variant())));
            renderer.setSeriesShape(index, new Ellipse2D.Double(-POINT / 2, -POINT / 2, POINT, POINT));
        }
        var latency = new NumberAxis(firstToken ? "time to first token, ms" : "time per later token, ms");
        var quality = new NumberAxis(metric.toUpperCase(java.util.Locale.ROOT) + " on test, " + unit);
        quality.setAutoRangeIncludesZero(false);
        latency.setAutoRangeIncludesZero(true);
        var plot = new XYPlot(data, latency, quality, renderer);
        plot.setNoDataMessage("not measured");
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
