package org.encore.report.chart;

import java.awt.Color;
import java.util.List;

import org.encore.report.curve.Curve;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/**
 * Lines over the tokens seen, each the mean of its seeds, with a band from the lowest seed to the highest where that is wanted. A single curve of
 * more points than a screen shows has a band too: from the lowest point of each column to the highest.
 */
final class SeedLines {

    /** How opaque bands are: over seeds, and of the points of one curve, of which a single one that lies apart is to be seen. */
    private static final double OF_SEEDS = 0.18;
    private static final double OF_POINTS = 0.35;

    private final SeenLines lines = new SeenLines(false);
    private final XYLineAndShapeRenderer pen = new XYLineAndShapeRenderer(true, false);
    private final SeenLines bands = new SeenLines(true);
    private final DeviationRenderer brush = new DeviationRenderer(false, false);

    SeedLines() {
        pen.setDrawSeriesLineAsPath(true);
        brush.setAlpha(1);
    }

    /** Draws the mean. @param variant which fixes dashes and the shape of single points */
    void mean(String name, SeedBand band, Color colour, int variant, boolean thick) {
        if (band.complete().isEmpty()) {
            return;
        }
        int index = lines.getSeriesCount();
        var seen = new SeenBand(band);
        lines.add(name, seen);
        pen.setSeriesPaint(index, colour);
        pen.setSeriesStroke(index, ChartStyle.stroke(variant, thick));
        pen.setSeriesShape(index, ChartStyle.point(variant));
        pen.setSeriesShapesVisible(index, band.begin() == band.end());
        if (band.complete().size() == 1) {
            fill(name, seen, ChartStyle.faint(colour, OF_POINTS));
        }
    }

    /** Draws the band, if there are several seeds. */
    void band(String name, SeedBand band, Color colour) {
        if (band.complete().size() > 1) {
            fill(name, new SeenBand(band), ChartStyle.faint(colour, OF_SEEDS));
        }
    }

    private void fill(String name, SeenBand band, Color colour) {
        brush.setSeriesFillPaint(bands.getSeriesCount(), colour);
        bands.add(name, band);
    }

    /** Draws, thinly, each curve that has no part in the mean. */
    void alone(String name, SeedBand band, Color colour, int variant) {
        for (Curve curve : band.alone()) {
            mean(name + " " + lines.getSeriesCount(), SeedBand.of(List.of(curve)), colour, variant, false);
        }
    }

    /**
     * The picture.
     *
     * @param title above it; empty for none
     * @param values axis of what the lines tell
     */
    JFreeChart chart(String title, NumberAxis values, List<Key> keys) {
        var plot = new XYPlot(lines, new NumberAxis("million tokens seen"), values, pen);
        plot.setDataset(1, bands);
        plot.setRenderer(1, brush);
        plot.setFixedLegendItems(Key.legend(keys));
        if (lines.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        lines.seenOn(() -> plot.getDomainAxis().getRange());
        bands.seenOn(() -> plot.getDomainAxis().getRange());
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
