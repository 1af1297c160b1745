package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.experiment.result.RunResults;
import org.encore.report.table.Intervals;
import org.encore.report.table.Means;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.ResultTable;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Quality against latency: a point for each variant with its intervals, and the front of those that no other dominates. */
public final class TradeOffChart {

    private static final double PALE = 0.35;
    private static final int HEIGHT = 380;
    private static final BasicStroke FRONT = new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5, 4}, 0f);

    private TradeOffChart() {}

    /**
     * The figure; variants without score or timing are left out.
     *
     * @param split whose scores are shown
     * @param metric id
     * @param firstToken whether latency is of the first token or of each later one
     */
    public static Figure of(RunResults results, Means means, Place place, String split, String metric, boolean firstToken) {
        List<TradeOff> points = TradeOff.of(results, means, place.rows(), split, metric, firstToken);
        List<TradeOff> front = TradeOff.front(points);
        String what = firstToken ? "time to first token" : "time per later token";
        String quality = ResultTable.title(metric) + " on " + Names.shown(split);
        String at = place.label().isEmpty() ? "" : " at " + place.label();
        boolean bounded = points.stream().anyMatch(point -> point.score().bounded());
        String caption = "Bars are 95 % intervals: of the median over repeats for times, "
                + (bounded ? "of the mean for scores, over examples and, from three seeds on, over seeds too." : "of scores there are none here.")
                + (points.size() > 1 ? " Dashed: the front of those that no other beats in both respects, as far as the estimates themselves go; "
                        + "the others are paler." : "");
        String words = quality + " against " + what + at + ". " + points.stream().map(point -> point.words(front.contains(point)))
                .collect(Collectors.joining("; "));
        List<Key> keys = points.stream().map(point -> Key.point(point.name(), point.variant())).toList();
        return new Figure("trade-off-" + (firstToken ? "first-token" : "per-token") + place.suffix(), quality + " against " + what + at, caption,
                words, chart(points, front, what, quality, keys), HEIGHT, keys, table(points, front));
    }

    private static List<List<Object>> table(List<TradeOff> points, List<TradeOff> front) {
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "millis", "millisLow", "millisHigh", "score", "scoreLow", "scoreHigh",
                "seeds", "unit", "front")));
        points.forEach(p -> table.add(Arrays.asList(p.name(), p.latency().median(), p.latency().low(), p.latency().high(), p.score().value(),
                p.score().low(), p.score().high(), p.score().seeds(), p.score().unit(), front.contains(p))));
        return table;
    }

    private static JFreeChart chart(List<TradeOff> points, List<TradeOff> front, String what, String quality, List<Key> keys) {
        var latency = new NumberAxis(what + ", ms");
        latency.setAutoRangeIncludesZero(false);
        String unit = points.isEmpty() || points.getFirst().score().unit().isEmpty() ? "" : ", " + Names.shown(points.getFirst().score().unit());
        boolean lower = !points.isEmpty() && points.getFirst().score().lowerIsBetter();
        var score = new NumberAxis(quality + unit + (lower ? " (lower is better)" : " (higher is better)"));
        score.setAutoRangeIncludesZero(false);
        latency.setLowerMargin(0.08);
        latency.setUpperMargin(0.08);
        score.setLowerMargin(0.1);
        score.setUpperMargin(0.1);
        var data = new XYIntervalSeriesCollection();
        var renderer = new XYErrorRenderer();
        renderer.setCapLength(5);
        for (TradeOff point : points) {
            boolean bounded = Intervals.bounded(point.latency());
            Double low = point.score().low();
            Double high = point.score().high();
            double mean = point.score().value();
            var series = new XYIntervalSeries(point.name());
            series.add(point.latency().median(), bounded ? point.latency().low() : point.latency().median(), bounded ? point.latency().high()
                    : point.latency().median(), mean, low == null ? mean : low, high == null ? mean : high);
            int index = data.getSeriesCount();
            data.addSeries(series);
            Color colour = Palette.variant(point.variant());
            renderer.setSeriesPaint(index, front.contains(point) ? colour : ChartStyle.faint(colour, PALE));
            renderer.setSeriesStroke(index, new BasicStroke(1.5f));
            renderer.setSeriesShape(index, ChartStyle.point(point.variant()));
        }
        var plot = new XYPlot(data, latency, score, renderer);
        plot.setDataset(1, stairs(front));
        var line = new XYLineAndShapeRenderer(true, false);
        line.setDrawSeriesLineAsPath(true);
        line.setSeriesPaint(0, Palette.MUTED);
        line.setSeriesStroke(0, FRONT);
        plot.setRenderer(1, line);
        plot.setFixedLegendItems(Key.legend(keys));
        plot.setNoDataMessage("not measured");
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }

    /** What can be had at each latency: the score of the best that is as fast. */
    private static XYSeriesCollection stairs(List<TradeOff> front) {
        var stairs = new XYSeries("front", false);
        double score = Double.NaN;
        for (TradeOff point : front) {
            if (!Double.isNaN(score)) {
                stairs.add(point.latency().median(), score);
            }
            stairs.add(point.latency().median(), point.score().value());
            score = point.score().value();
        }
        return new XYSeriesCollection(stairs);
    }
}
