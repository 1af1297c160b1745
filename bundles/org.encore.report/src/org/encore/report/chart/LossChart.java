package org.encore.report.chart;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

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
    private static final double SMALLEST_RANGE = 0.1;
    private static final int MOST_POINTS = 2000;

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
            XYSeries thick = series(names.of(cell.id()), development.getOrDefault(cell.id(), List.of()), Event.TrainEvaluation::tokens,
                    Event.TrainEvaluation::loss);
            XYSeries thin = series(names.of(cell.id()) + (thick.isEmpty() ? "" : " training"), training.getOrDefault(cell.id(), List.of()),
                    Event.TrainStep::tokens, Event.TrainStep::loss);
            add(data, renderer, thin, names.variant(cell.id()), false, thick.isEmpty());
            add(data, renderer, thick, names.variant(cell.id()), true, true);
        }
        var tokens = new NumberAxis("million tokens seen (thin: training, thick: held out)");
        var loss = new NumberAxis("loss, nats per label");
        loss.setAutoRangeIncludesZero(false);
        loss.setAutoRangeMinimumSize(SMALLEST_RANGE);
        var plot = new XYPlot(data, tokens, loss, renderer);
        if (data.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }

    /** More points than a screen has columns are not drawn: of a long curve every n-th, and the last. */
    private static <P> XYSeries series(String name, List<P> points, ToLongFunction<P> tokens, ToDoubleFunction<P> loss) {
        var series = new XYSeries(name, false);
        int stride = Math.ceilDiv(Math.max(1, points.size()), MOST_POINTS);
        for (int i = 0; i < points.size(); i++) {
            double value = loss.applyAsDouble(points.get(i));
            if ((i % stride == 0 || i == points.size() - 1) && Double.isFinite(value)) {
                series.add(tokens.applyAsLong(points.get(i)) / MILLION, value);
            }
        }
        return series;
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
        renderer.setSeriesShapesVisible(index, thick || series.getItemCount() == 1);
        renderer.setSeriesVisibleInLegend(index, named);
    }
}
