package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

import javax.imageio.ImageIO;

import org.encore.report.svg.Recoloured;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jspecify.annotations.Nullable;

/** How all charts look. */
public final class ChartStyle {

    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font NAME = TEXT.deriveFont(Font.BOLD);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final float THIN = 1f;
    private static final float THICK = 2.2f;
    private static final float[] DASHES = {7, 4};
    private static final double POINT = 10;
    private static final RectangleInsets MARGIN = new RectangleInsets(6, 4, 4, 10);

    private ChartStyle() {}

    /** Beyond as many variants as there are colours, lines are dashed: no two variants look alike before twice as many. */
    static BasicStroke stroke(int variant, boolean thick) {
        float width = thick ? THICK : THIN;
        return round(variant) % 2 == 0 ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f);
    }

    /** Points of variants with the same colour have different shapes: circle, square, diamond. */
    static Shape point(int variant) {
        double r = POINT / 2;
        return switch (round(variant) % 3) {
            case 0 -> new Ellipse2D.Double(-r, -r, POINT, POINT);
            case 1 -> new Rectangle2D.Double(-r, -r, POINT, POINT);
            default -> diamond(r * Math.sqrt(2));
        };
    }

    private static Shape diamond(double r) {
        var path = new Path2D.Double();
        path.moveTo(0, -r);
        path.lineTo(r, 0);
        path.lineTo(0, r);
        path.lineTo(-r, 0);
        path.closePath();
        return path;
    }

    /** How often the colours have begun anew. */
    private static int round(int variant) {
        return Math.max(0, variant) / Palette.variants();
    }

    /** The same colour, see-through. */
    static Color faint(Color colour, double opacity) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(opacity * 255));
    }

    static void apply(JFreeChart chart, XYPlot plot) {
        chart.setBackgroundPaint(Palette.PAPER);
        chart.setAntiAlias(true);
        chart.setPadding(MARGIN);
        plot.setBackgroundPaint(null);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(THIN));
        plot.setRangeGridlineStroke(new BasicStroke(THIN));
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setNoDataMessageFont(TEXT);
        plot.setNoDataMessagePaint(Palette.MUTED);
        axis(plot.getDomainAxis());
        axis(plot.getRangeAxis());
        if (chart.getLegend() != null) {
            chart.getLegend().setItemFont(TEXT);
            chart.getLegend().setItemPaint(Palette.INK);
            chart.getLegend().setBackgroundPaint(null);
            chart.getLegend().setFrame(BlockBorder.NONE);
        }
        if (chart.getTitle() != null) {
            chart.getTitle().setFont(TITLE);
            chart.getTitle().setPaint(Palette.INK);
        }
    }

    /** Numbers are written alike on every machine, whatever its language. */
    private static void axis(ValueAxis axis) {
        axis.setLabelFont(TEXT);
        axis.setTickLabelFont(TEXT);
        axis.setLabelPaint(Palette.MUTED);
        axis.setTickLabelPaint(Palette.MUTED);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        if (axis instanceof NumberAxis) {
            axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
        }
    }

    /** Draws a chart at the origin; a chart is drawn by one thread at a time. @param legend whether with its legend */
    static void draw(JFreeChart chart, Graphics2D graphics, int width, int height, boolean legend) {
        draw(chart, graphics, width, height, legend, null);
    }

    private static void draw(JFreeChart chart, Graphics2D graphics, int width, int height, boolean legend, @Nullable ChartRenderingInfo places) {
        synchronized (chart) {
            if (chart.getLegend() != null) {
                chart.getLegend().setVisible(legend);
            }
            chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height), places);
        }
    }

    /** Gives a chart a logarithmic axis of values; what is not positive is not seen. */
    public static void logarithmic(JFreeChart chart) {
        XYPlot plot = chart.getXYPlot();
        var logarithmic = new LogarithmicAxis(plot.getRangeAxis().getLabel());
        logarithmic.setStrictValuesFlag(false);
        logarithmic.setAutoRangeIncludesZero(false);
        plot.setRangeAxis(logarithmic);
        axis(logarithmic);
    }

    /**
     * A chart as pixels, with its legend.
     *
     * @param scale pixels for each point, 2 for sharp screens
     * @param dark whether for a dark window
     * @param places gets to know what lies where; null if nobody asks
     */
    public static BufferedImage image(JFreeChart chart, int width, int height, double scale, boolean dark, @Nullable ChartRenderingInfo places) {
        var image = new BufferedImage((int) Math.round(width * scale), (int) Math.round(height * scale), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.scale(scale, scale);
        draw(chart, dark ? new Recoloured(graphics, Palette::dark) : graphics, width, height, true, places);
        graphics.dispose();
        return image;
    }

    /** A chart as PNG. @param scale pixels for each point, 2 for sharp screens */
    public static byte[] png(JFreeChart chart, int width, int height, double scale) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image(chart, width, height, scale, false, null), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
