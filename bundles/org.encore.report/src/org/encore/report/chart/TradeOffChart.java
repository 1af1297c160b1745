package org.encore.report.chart;

import java.awt.geom.Ellipse2D;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.encore.report.table.Intervals;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Row;
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
     * @param split whose scores are shown
     * @param metric id
     * @param firstToken whether latency is of the first token or of each later one
     */
    public static JFreeChart of(RunResults results, String split, String metric, boolean firstToken) {
        var data = new XYIntervalSeriesCollection();
        var renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        var names = Names.of(results.cells());
        String unit = "";
        for (Event.Cell cell : results.cells()) {
            Scores.Score score = Row.score(results, cell.id(), split, metric).orElse(null);
            BenchmarkSummary.Cell speed = results.speed(cell.id()).orElse(null);
            if (score == null || speed == null) {
                continue;
            }
            BenchmarkSummary.Estimate latency = firstToken ? speed.firstTokenMillis() : speed.perTokenMillis();
            if (!Double.isFinite(latency.median()) || !Double.isFinite(score.value())) {
                continue;
            }
            unit = Names.shown(score.unit());
            var series = new XYIntervalSeries(names.of(cell.id()));
            boolean bounded = Intervals.bounded(latency);
            series.add(latency.median(), bounded ? latency.low() : latency.median(), bounded ? latency.high() : latency.median(), score.value(),
                    score.value(), score.value());
            int index = data.getSeriesCount();
            data.addSeries(series);
            renderer.setSeriesPaint(index, ChartStyle.colour(names.variant(cell.id())));
            renderer.setSeriesShape(index, new Ellipse2D.Double(-POINT / 2, -POINT / 2, POINT, POINT));
        }
        var latency = new NumberAxis(firstToken ? "time to first token, ms" : "time per later token, ms");
        var quality = new NumberAxis(String.format(Locale.ROOT, "%s on %s, %s", ResultTable.title(metric), Names.shown(split), unit));
        quality.setAutoRangeIncludesZero(false);
        latency.setAutoRangeIncludesZero(true);
        var plot = new XYPlot(data, latency, quality, renderer);
        plot.setNoDataMessage("not measured");
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
