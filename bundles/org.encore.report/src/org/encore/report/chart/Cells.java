package org.encore.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;

/** The cells of a map, each around the whole numbers of its column and row. Their borders lie on whole points: no seam is seen between them. */
final class Cells extends AbstractXYAnnotation {

    private static final long serialVersionUID = 1;

    private final transient double[][] values;
    private final transient Shade shade;

    /** @param values by row and column; those of 0 are not drawn */
    Cells(double[][] values, Shade shade) {
        this.values = values;
        this.shade = shade;
    }

    @Override
    public void draw(Graphics2D graphics, XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range, int index,
            @Nullable PlotRenderingInfo info) {
        for (int row = 0; row < values.length; row++) {
            double top = range.valueToJava2D(row - 0.5, area, plot.getRangeAxisEdge());
            double bottom = range.valueToJava2D(row + 0.5, area, plot.getRangeAxisEdge());
            for (int column = 0; column < values[row].length; column++) {
                if (values[row][column] > 0) {
                    double left = domain.valueToJava2D(column - 0.5, area, plot.getDomainAxisEdge());
                    double right = domain.valueToJava2D(column + 0.5, area, plot.getDomainAxisEdge());
                    graphics.setPaint(shade.of(values[row][column]));
                    graphics.fill(between(left, top, right, bottom));
                }
            }
        }
    }

    private static Rectangle2D between(double left, double top, double right, double bottom) {
        double x = Math.round(Math.min(left, right));
        double y = Math.round(Math.min(top, bottom));
        return new Rectangle2D.Double(x, y, Math.round(Math.max(left, right)) - x, Math.round(Math.max(top, bottom)) - y);
    }
}
