package org.encore.workbench.chart;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.encore.report.chart.ChartStyle;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;

/**
 * A chart as it was drawn, which knows what lies where. No AWT window comes up beside SWT's.
 *
 * @param data pixels
 * @param area of the plot, in points
 * @param across the axis from left to right, a copy that nobody else has
 * @param up the axis of values, likewise
 */
record Drawn(ImageData data, Rectangle2D area, ValueAxis across, ValueAxis up) {

    private static final PaletteData RGB = new PaletteData(0xFF0000, 0xFF00, 0xFF);
    private static final int DEPTH = 24;
    private static final double WHOLE = 100;

    /** @param zoom in percent: 200 on a sharp screen */
    static Drawn of(JFreeChart chart, Section section, int width, int height, int zoom, boolean dark) {
        synchronized (chart) { // it may be exported meanwhile, whole
            return drawn(chart, section, width, height, zoom, dark);
        }
    }

    private static Drawn drawn(JFreeChart chart, Section section, int width, int height, int zoom, boolean dark) {
        XYPlot plot = chart.getXYPlot();
        ValueAxis across = plot.getDomainAxis();
        ValueAxis up = plot.getRangeAxis();
        try {
            plot.setDomainAxis(Section.apply((ValueAxis) across.clone(), section.across()));
            plot.setRangeAxis(Section.apply((ValueAxis) up.clone(), section.up()));
            var info = new ChartRenderingInfo();
            ImageData data = data(ChartStyle.image(chart, width, height, zoom / WHOLE, dark, info));
            return new Drawn(data, info.getPlotInfo().getDataArea(), (ValueAxis) plot.getDomainAxis().clone(), (ValueAxis) plot.getRangeAxis()
                    .clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("axes can be copied", e);
        } finally {
            plot.setDomainAxis(across);
            plot.setRangeAxis(up);
        }
    }

    private static ImageData data(BufferedImage image) {
        var data = new ImageData(image.getWidth(), image.getHeight(), DEPTH, RGB);
        var row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            data.setPixels(0, y, row.length, row, 0);
        }
        return data;
    }

    /** The section that is seen if what lies at a point stays there. */
    Section zoomed(double factor, double x, double y) {
        return section(x + (area.getMinX() - x) * factor, x + (area.getMaxX() - x) * factor, y + (area.getMaxY() - y) * factor,
                y + (area.getMinY() - y) * factor);
    }

    /** The section that lies so many points to the right and below. */
    Section moved(double right, double down) {
        return section(area.getMinX() + right, area.getMaxX() + right, area.getMaxY() + down, area.getMinY() + down);
    }

    /** What lies at a point, in the units of the axes; nothing outside of the plot. */
    Optional<Point2D> at(double x, double y) {
        return area.contains(x, y) ? Optional.of(new Point2D.Double(across.java2DToValue(x, area, RectangleEdge.BOTTOM),
                up.java2DToValue(y, area, RectangleEdge.LEFT))) : Optional.empty();
    }

    /** Where something lies that is given in the units of the axes: in points, as far as it is seen. */
    Rectangle2D place(Rectangle2D of) {
        var place = new Rectangle2D.Double();
        place.setFrameFromDiagonal(across.valueToJava2D(of.getMinX(), area, RectangleEdge.BOTTOM),
                up.valueToJava2D(of.getMinY(), area, RectangleEdge.LEFT),
                across.valueToJava2D(of.getMaxX(), area, RectangleEdge.BOTTOM), up.valueToJava2D(of.getMaxY(), area, RectangleEdge.LEFT));
        return place.createIntersection(area);
    }

    private Section section(double left, double right, double below, double above) {
        return new Section(new Range(across.java2DToValue(left, area, RectangleEdge.BOTTOM), across.java2DToValue(right, area, RectangleEdge.BOTTOM)),
                range(up.java2DToValue(below, area, RectangleEdge.LEFT), up.java2DToValue(above, area, RectangleEdge.LEFT)));
    }

    /** Of an axis that grows downwards too. */
    private static Range range(double first, double second) {
        return new Range(Math.min(first, second), Math.max(first, second));
    }

    /** Takes it that a section is seen, before it is drawn. */
    void at(Section section) {
        Section.apply(across, section.across());
        Section.apply(up, section.up());
    }
}
