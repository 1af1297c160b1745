package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;

/**
 * Rows below each other, each with its name above what is drawn in it: names take no width from the plot, however long they are. Marks are placed by
 * row and by their value on the axis.
 */
final class RowPlot {

    private static final int ROW = 46;
    private static final int AXIS = 48;
    private static final double NAME = 0.30;
    /** Ratios that differ by more than this factor. */
    private static final double WIDE = 8;
    /** Room for a note, in parts of what is drawn. */
    private static final double NOTE = 0.4;
    /** Middle of what is drawn in a row, from its top, in rows. */
    private static final double MIDDLE = 0.64;

    private final XYPlot plot;

    /**
     * A plot without marks.
     *
     * @param names of the rows, from the top
     * @param axis what is shown, with its unit
     */
    RowPlot(List<String> names, String axis, double low, double high) {
        this(names, new NumberAxis(axis), low, high);
    }

    /** Of ratios, with room for a note: each step on the axis multiplies, where they differ so much that small ones could not be told apart otherwise. */
    static RowPlot ofRatios(List<String> names, String axis, double low, double high) {
        return high < WIDE * low ? new RowPlot(names, axis, 0, high * (1 + NOTE))
                : new RowPlot(names, new LogarithmicAxis(axis), low, high * Math.pow(high / low, NOTE));
    }

    private RowPlot(List<String> names, NumberAxis values, double low, double high) {
        int rows = names.size();
        values.setAutoRange(false);
        values.setRange(low, high > low ? high : low + 1);
        var places = new NumberAxis();
        places.setAutoRange(false);
        places.setRange(0, Math.max(1, rows));
        places.setInverted(true);
        places.setVisible(false);
        plot = new XYPlot(null, values, places, new XYLineAndShapeRenderer());
        for (int row = 0; row < rows; row++) {
            text(names.get(row), low, row + NAME, TextAnchor.BASELINE_LEFT, true);
        }
    }

    /** Height in points at which rows have room for their names. */
    static int height(int rows) {
        return AXIS + ROW * Math.max(1, rows);
    }

    /** A bar between two values. @param half of its height, in rows */
    void bar(int row, double from, double to, double half, Color colour) {
        plot.addAnnotation(new XYShapeAnnotation(new Rectangle2D.Double(from, row + MIDDLE - half, to - from, 2 * half), new BasicStroke(0f), null,
                colour));
    }

    /** The outline of a bar. */
    void box(int row, double from, double to, double half, Color colour) {
        plot.addAnnotation(new XYShapeAnnotation(new Rectangle2D.Double(from, row + MIDDLE - half, to - from, 2 * half), new BasicStroke(1.5f),
                colour));
    }

    /** A line between two values. */
    void line(int row, double from, double to, float width, Color colour) {
        stroke(from, row + MIDDLE, to, row + MIDDLE, width, colour);
    }

    /** A line across the row at a value. @param half of its height, in rows */
    void tick(int row, double value, double half, float width, Color colour) {
        stroke(value, row + MIDDLE - half, value, row + MIDDLE + half, width, colour);
    }

    private void stroke(double x1, double y1, double x2, double y2, float width, Color colour) {
        plot.addAnnotation(new XYLineAnnotation(x1, y1, x2, y2, new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER), colour));
    }

    /** A value as a dot. @param filled whether it is not only a ring */
    void dot(int row, double value, Color colour, boolean filled) {
        plot.addAnnotation(new Dots(List.of(new Dots.At(value, row + MIDDLE)), 9, colour));
        if (!filled) {
            plot.addAnnotation(new Dots(List.of(new Dots.At(value, row + MIDDLE)), 5, Palette.PAPER));
        }
    }

    /** Many values as small dots. @param offsets from the middle of the row, in rows */
    void dots(int row, double[] values, double[] offsets, Color colour) {
        var at = new ArrayList<Dots.At>();
        for (int i = 0; i < values.length; i++) {
            at.add(new Dots.At(values[i], row + MIDDLE + offsets[i]));
        }
        plot.addAnnotation(new Dots(at, 4, colour));
    }

    /** Small text that begins at a value. */
    void note(int row, double value, String text) {
        text(text, value, row + MIDDLE, TextAnchor.CENTER_LEFT, false);
    }

    private void text(String text, double x, double y, TextAnchor anchor, boolean name) {
        var annotation = new XYTextAnnotation(text, x, y);
        annotation.setFont(name ? ChartStyle.NAME : ChartStyle.TEXT);
        annotation.setPaint(name ? Palette.INK : Palette.MUTED);
        annotation.setTextAnchor(anchor);
        if (name) {
            annotation.setBackgroundPaint(Palette.PAPER);   // lines go behind it
        }
        plot.addAnnotation(annotation);
    }

    /** For marks that span all rows. */
    XYPlot plot() {
        return plot;
    }

    /** The finished chart. @param keys its legend */
    JFreeChart chart(List<Key> keys) {
        plot.setFixedLegendItems(Key.legend(keys));
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, !keys.isEmpty());
        ChartStyle.apply(chart, plot);
        plot.setRangeGridlinesVisible(false);
        return chart;
    }
}
