package org.encore.report.chart;

import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines over the tokens seen, each the mean of its seeds, with a band from the lowest seed to the highest where that is wanted. */
final class SeedLines {

    private static final double MILLION = 1e6;
    private static final float BAND = 0.18f;

    private final XYSeriesCollection lines = new XYSeriesCollection();
    private final XYLineAndShapeRenderer pen = new XYLineAndShapeRenderer(true, false);
    private final YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    private final DeviationRenderer brush = new DeviationRenderer(false, false);

    SeedLines() {
        pen.setDrawSeriesLineAsPath(true);
        brush.setAlpha(BAND);
    }

    /** What was seen of one seed. Points that are no finite number, as of a training that diverged, are left out. */
    static <P> SeedBand.Curve curve(List<P> points, ToLongFunction<P> tokens, ToDoubleFunction<P> value) {
        List<P> finite = points.stream().filter(point -> Double.isFinite(value.applyAsDouble(point))).toList();
        return new SeedBand.Curve(finite.stream().mapToDouble(point -> tokens.applyAsLong(point) / MILLION).toArray(), finite.stream()
                .mapToDouble(value).toArray());
    }

    /** Draws the mean. @param variant which fixes dashes and the shape of single points */
    void mean(String name, SeedBand band, Color colour, int variant, boolean thick) {
        var mean = new XYSeries(name, false);
        band.points().forEach(at -> mean.add(at.x(), at.mean()));
        line(mean, colour, variant, thick);
    }

    /** Draws the band, if seeds differ. */
    void band(String name, SeedBand band, Color colour) {
        if (band.points().stream().anyMatch(at -> at.high() > at.low())) {
            var range = new YIntervalSeries(name, false, true);
            band.points().forEach(at -> range.add(at.x(), at.mean(), at.low(), at.high()));
            brush.setSeriesFillPaint(bands.getSeriesCount(), colour);
            bands.addSeries(range);
        }
    }

    /** Draws, thinly, each curve that has no part in the mean. */
    void alone(String name, SeedBand band, Color colour, int variant) {
        for (SeedBand.Curve curve : band.alone()) {
            var series = new XYSeries(name + " " + lines.getSeriesCount(), false);
            for (int i = 0; i < curve.x().length; i++) {
                series.add(curve.x()[i], curve.y()[i]);
            }
            line(series, colour, variant, false);
        }
    }

    private void line(XYSeries series, Color colour, int variant, boolean thick) {
        if (series.isEmpty()) {
            return;
        }
        int index = lines.getSeriesCount();
        lines.addSeries(series);
        pen.setSeriesPaint(index, colour);
        pen.setSeriesStroke(index, ChartStyle.stroke(variant, thick));
        pen.setSeriesShape(index, ChartStyle.point(variant));
        pen.setSeriesShapesVisible(index, series.getItemCount() == 1);
    }

    /**
     * The picture.
     *
     * @param title above it; empty for none
     * @param values axis of what the lines tell
     */
    JFreeChart chart(String title, NumberAxis values, List<Key> keys) {
        values.setAutoRangeIncludesZero(false);
        var plot = new XYPlot(lines, new NumberAxis("million tokens seen"), values, pen);
        plot.setDataset(1, bands);
        plot.setRenderer(1, brush);
        plot.setFixedLegendItems(Key.legend(keys));
        if (lines.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
