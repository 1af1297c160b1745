package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

import org.encore.compare.Contrast;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;

/** Differences with their intervals below each other, and the range that counts as none: a verdict is where an interval lies. */
public final class ContrastChart {

    private static final double MARGIN = 0.1;
    private static final double WITHIN = 0.45;

    private ContrastChart() {}

    /**
     * The figure of contrasts in one quantity.
     *
     * @param contrasts at least one, all of the same quantity
     */
    public static Figure of(String name, String title, List<Contrast> contrasts) {
        Contrast any = contrasts.getFirst();
        boolean ratio = any.subject() == Contrast.Subject.SPEED;
        double same = ratio ? 1 : 0;
        double margin = contrasts.stream().mapToDouble(Contrast::margin).max().orElse(0);
        double low = Math.min(same - margin, contrasts.stream().flatMapToDouble(c -> DoubleStream.of(c.difference(), c.low() == null ? c.difference()
                : c.low())).min().orElse(0));
        double high = Math.max(same + margin, contrasts.stream().flatMapToDouble(c -> DoubleStream.of(c.difference(), c.high() == null
                ? c.difference() : c.high())).max()
                .orElse(1));
        double room = MARGIN * Math.max(high - low, 1e-9);
        var plot = new RowPlot(contrasts.stream().map(c -> row(c, ratio)).toList(), axis(any, ratio), low - room, high + room);
        if (margin > 0) {
            plot.plot().addDomainMarker(new IntervalMarker(-margin, margin, ChartStyle.faint(Palette.GRID, WITHIN)), Layer.BACKGROUND);
        }
        plot.plot().addDomainMarker(new ValueMarker(same, Palette.MUTED, new BasicStroke(1.2f)), Layer.BACKGROUND);
        for (int row = 0; row < contrasts.size(); row++) {
            Contrast c = contrasts.get(row);
            Color colour = c.decided() ? Palette.INK : Palette.MUTED;
            if (c.low() != null && c.high() != null) {
                plot.line(row, c.low(), c.high(), c.primary() ? 3.5f : 2, colour);
            }
            plot.dot(row, c.difference(), colour, c.decided());
        }
        return new Figure(name, title, caption(margin, ratio), contrasts.stream().map(Contrast::words).collect(Collectors.joining("; ")),
                plot.chart(List.of()), RowPlot.height(contrasts.size()), List.of(), table(contrasts));
    }

    private static String row(Contrast c, boolean ratio) {
        return (ratio ? Names.shown(c.second()) + " / " + Names.shown(c.first()) : Names.shown(c.first()) + " − " + Names.shown(c.second()))
                + place(c.place());
    }

    private static String place(Map<String, String> place) {
        return place.isEmpty() ? "" : Names.shown(place.entrySet().stream().map(axis -> ", " + axis.getKey() + " " + axis.getValue())
                .collect(Collectors.joining()));
    }

    private static String axis(Contrast any, boolean ratio) {
        if (ratio) {
            return "how many times longer the other takes";
        }
        String metric = ResultTable.title(any.quantity());
        return "difference in " + metric + (any.unit().equals("%") ? " points" : "") + " on " + Names.shown(any.split())
                + (any.lowerIsBetter() ? "; left: the first is better" : "; right: the first is better");
    }

    private static String caption(double margin, boolean ratio) {
        return "Bars are 95 % intervals. Filled: decided; hollow: not."
                + (margin > 0 ? " Shaded: too small to matter, by the margin that was fixed beforehand." : ratio ? " At 1 both take the same time."
                : "");
    }

    private static List<List<Object>> table(List<Contrast> contrasts) {
        var table = new ArrayList<List<Object>>(List.of(List.of("first", "second", "place", "difference", "low", "high", "count", "verdict",
                "margin")));
        contrasts.forEach(c -> table.add(List.of(c.first(), c.second(), place(c.place()).replaceFirst("^, ", ""), c.difference(), c.low() == null
                ? "" : c.low(), c.high() == null ? "" : c.high(), c.count(), c.verdict(), c.margin())));
        return table;
    }
}
