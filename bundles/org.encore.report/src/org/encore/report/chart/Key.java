package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/**
 * A line of a chart's legend.
 *
 * @param name what looks like that
 * @param colour of the mark
 * @param mark how it looks
 */
public record Key(String name, Color colour, Mark mark) {

    /** How something is drawn. */
    public enum Mark { LINE, DASHED, CIRCLE, SQUARE, DIAMOND, AREA }

    private static final Shape BOX = new Rectangle2D.Double(-6, -5, 12, 10);
    private static final Shape STROKE = new Line2D.Double(-9, 0, 9, 0);

    /** A variant that is drawn as a line. */
    static Key line(String name, int variant) {
        boolean dashed = ChartStyle.stroke(variant, true).getDashArray() != null;
        return new Key(name, Palette.variant(variant), dashed ? Mark.DASHED : Mark.LINE);
    }

    /** A variant that is drawn as a point. */
    static Key point(String name, int variant) {
        Mark mark = variant < Palette.variants() ? Mark.CIRCLE : variant < 2 * Palette.variants() ? Mark.SQUARE : Mark.DIAMOND;
        return new Key(name, Palette.variant(variant), mark);
    }

    /** The legend of a chart. */
    static LegendItemCollection legend(List<Key> keys) {
        var items = new LegendItemCollection();
        keys.forEach(key -> items.add(key.item()));
        return items;
    }

    private LegendItem item() {
        return switch (mark) {
            case LINE -> new LegendItem(name, null, null, null, STROKE, ChartStyle.stroke(0, true), colour);
            case DASHED -> new LegendItem(name, null, null, null, STROKE, ChartStyle.stroke(Palette.variants(), true), colour);
            case CIRCLE -> filled(ChartStyle.point(0));
            case SQUARE -> filled(ChartStyle.point(Palette.variants()));
            case DIAMOND -> filled(ChartStyle.point(2 * Palette.variants()));
            case AREA -> filled(BOX);
        };
    }

    private LegendItem filled(Shape shape) {
        return new LegendItem(name, null, null, null, shape, colour, new BasicStroke(0), colour);
    }
}
