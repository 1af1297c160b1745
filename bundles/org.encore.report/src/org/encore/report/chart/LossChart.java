package org.encore.report.chart;

import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss over tokens seen: training thin, held-out data thick with points. */
public final class LossChart {

    private static final double MILLION = 1e6;

    private LossChart() {}

    /**
     * The chart of what is known so far. Points that are no finite number, as of a training that diverged, are left out.
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
        var names = Names.of(cells);
        for (Event.Cell cell : cells) {
            var thin = new XYSeries(names.of(cell.id()) + " training", false);
            training.getOrDefault(cell.id(), List.of()).forEach(p -> add(thin, p.tokens(), p.loss()));
            var thick = new XYSeries(names.of(cell.id()), false);
            development.getOrDefault(cell.id(), List.of()).forEach(p -> add(thick, p.tokens(), p.loss()));
            add(data, renderer, thin, names.variant(cell.id()), false, thick.isEmpty());
            add(data, renderer, thick, names.variant(cell.id()), true, true);
        }
        var tokens = new NumberAxis("million tokens seen");
        var loss = new NumberAxis("loss, nats per label (thin: training, thick: held out)");
        loss.setAutoRangeIncludesZero(false);
        var plot = new XYPlot(data, tokens, loss, renderer);
        if (data.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }

    private static void add(XYSeries series, long tokens, double loss) {
        if (Double.isFinite(loss)) {
            series.add(tokens / MILLION, loss);
        }
    }

    /** @param named whether the series stands for its model in the legend, where each model has one line */
    private static void add(XYSeriesCollection data, XYLineAndShapeRenderer renderer, XYSeries series, int variant, boolean thick, boolean named) {
        if (series.isEmpty()) {
            return;
        }
        int index = data.getSeriesCount();
        data.addSeries(series);
        renderer.setSeriesPaint(index, ChartStyle.colour(variant));
        renderer.setSeriesStroke(index, ChartStyle.stroke(variant, thick));
        renderer.setSeriesShapesVisible(index, thick);
        renderer.setSeriesVisibleInLegend(index, named);
    }
}
