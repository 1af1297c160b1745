package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;

/** Points of one colour as one path of round ends: thousands of them take a few bytes each. */
final class Dots extends AbstractXYAnnotation {

    private static final long serialVersionUID = 1;
    /** A line of no length has ends in SVG, but not in all of Java's renderers. */
    private static final double SHORT = 0.01;

    /** A point in the units of the axes. */
    record At(double x, double y) {}

    private final transient List<At> points;
    private final float width;
    private final Color colour;

    Dots(List<At> points, float width, Color colour) {
        this.points = points;
        this.width = width;
        this.colour = colour;
    }

    @Override
    public void draw(Graphics2D graphics, XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range, int index,
            @Nullable PlotRenderingInfo info) {
        var path = new Path2D.Double();
        for (At point : points) {
            double x = domain.valueToJava2D(point.x(), area, plot.getDomainAxisEdge());
            double y = range.valueToJava2D(point.y(), area, plot.getRangeAxisEdge());
            path.moveTo(x, y);
            path.lineTo(x + SHORT, y);
        }
        graphics.setPaint(colour);
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(path);
    }
}
