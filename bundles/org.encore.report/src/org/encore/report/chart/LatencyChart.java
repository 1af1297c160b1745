package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Intervals;
import org.encore.report.table.Names;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Latency of each model as a bar that begins at zero, so that lengths compare as times do, with its interval. */
public final class LatencyChart {

    private static final double HALF_BAR = 0.3;
    private static final double CAP = 6;

    private LatencyChart() {}

    /** The chart of the models that were timed. @param firstToken whether latency is of the first token or of each later one */
    public static JFreeChart of(RunResults results, boolean firstToken) {
        var bars = new XYIntervalSeriesCollection();
        var painter = new XYBarRenderer();
        painter.setBarPainter(new StandardXYBarPainter());
        painter.setShadowVisible(false);
        var intervals = new XYIntervalSeries("interval");
        var names = Names.of(results.cells());
        List<String> labels = new ArrayList<>();
        for (Event.Cell cell : results.cells()) {
            BenchmarkSummary.Cell speed = results.speed(cell.id()).orElse(null);
            BenchmarkSummary.Estimate latency = speed == null ? null : firstToken ? speed.firstTokenMillis() : speed.perTokenMillis();
            if (latency == null || !Double.isFinite(latency.median())) {
                continue;
            }
            int place = labels.size();
            labels.add(names.of(cell.id()));
            var bar = new XYIntervalSeries(cell.id());
            bar.add(place, place - HALF_BAR, place + HALF_BAR, latency.median(), latency.median(), latency.median());
            painter.setSeriesPaint(bars.getSeriesCount(), ChartStyle.colour(names.variant(cell.id())));
            bars.addSeries(bar);
            if (Intervals.bounded(latency)) {
                intervals.add(place, place, place, latency.median(), latency.low(), latency.high());
            }
        }
        var models = new SymbolAxis("", labels.toArray(String[]::new));
        models.setInverted(true);
        models.setGridBandsVisible(false);
        var millis = new NumberAxis(firstToken ? "time to first token, ms" : "time per later token, ms");
        var plot = new XYPlot(bars, models, millis, painter);
        var ends = new XYIntervalSeriesCollection();
        ends.addSeries(intervals);
        plot.setDataset(1, ends);
        plot.setRenderer(1, whiskers());
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setNoDataMessage("not measured");
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
        ChartStyle.apply(chart, plot);
        plot.setDomainGridlinesVisible(false);
        return chart;
    }

    private static XYErrorRenderer whiskers() {
        var whiskers = new XYErrorRenderer();
        whiskers.setDrawXError(false);
        whiskers.setCapLength(CAP);
        whiskers.setErrorPaint(Color.BLACK);
        whiskers.setErrorStroke(ChartStyle.stroke(0, true));
        whiskers.setSeriesShapesVisible(0, false);
        return whiskers;
    }
}
