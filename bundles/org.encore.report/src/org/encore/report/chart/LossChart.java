package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss over tokens seen: training thin, development thick with points. */
public final class LossChart {

    private LossChart() {}

    /**
     * The chart of what is known so far.
     *
     * @param title above the chart; empty for none
     * @param cells in the experiment's order, which fixes the colours
     * @param training by cell
     * @param development by cell
     */
    public static JFreeChart of(String title, List<Event.Cell> cells, Map<String, List<Event.TrainStep>> training,
            Map<String, List<Event.TrainEvaluation>> development) {
        var data = new XYSeriesCollection();
        var renderer = new XYLineAndShapeRenderer(true, false);
        var variants = new ArrayList<>(cells.stream().map(Event.Cell::variant).distinct().toList());
        for (Event.Cell cell : cells) {
            var thin = new XYSeries(cell.id() + " training", false);
            training.getOrDefault(cell.id(), List.of()).forEach(p -> thin.add(p.tokens() / 1e6, p.loss()));
            var thick = new XYSeries(cell.id() + " development", false);
            development.getOrDefault(cell.id(), List.of()).forEach(p -> thick.add(p.tokens() / 1e6, p.loss()));
            for (XYSeries series : List.of(thin, thick)) {
                if (series.isEmpty()) {
                    continue;
                }
                int index = data.getSeriesCount();
                data.addSeries(series);
                renderer.setSeriesPaint(index, ChartStyle.colour(variants.indexOf(cell.variant())));
                renderer.setSeriesStroke(index, series == thick ? ChartStyle.THICK : ChartStyle.THIN);
                renderer.setSeriesShapesVisible(index, series == thick);
            }
        }
        var tokens = new NumberAxis("million tokens seen");
        var loss = new NumberAxis("loss, nats per label");
        loss.setAutoRangeIncludesZero(false);
        var plot = new XYPlot(data, tokens, loss, renderer);
        if (data.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
