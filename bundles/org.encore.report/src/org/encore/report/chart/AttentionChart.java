package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/**
 * What attention looks at, as a map: a row for each position that looks, a column for each that is looked at. One colour that grows darker (on dark
 * pages: lighter) with the weight, so that it is read by lightness alone.
 */
public final class AttentionChart {

    private static final int CELL = 22;
    private static final int AXES = 90;
    private static final int TALLEST = 900;
    private static final int SHORT_NAME = 3;

    private AttentionChart() {}

    /**
     * The map.
     *
     * @param name of its files
     * @param title what it is of
     * @param queries names of the rows, from the top
     * @param keys names of the columns
     * @param weights by row and column, 0 to 1; each row sums to 1
     */
    public static Figure of(String name, String title, List<String> queries, List<String> keys, double[][] weights) {
        double most = java.util.Arrays.stream(weights).flatMapToDouble(java.util.Arrays::stream).max().orElse(1);
        var shade = new Shade(most, Palette.variant(0));
        var table = new ArrayList<List<Object>>(List.of(List.of("query", "queryToken", "key", "keyToken", "weight")));
        var words = new ArrayList<String>();
        for (int row = 0; row < queries.size(); row++) {
            int largest = 0;
            for (int column = 0; column < keys.size(); column++) {
                table.add(List.of(row, queries.get(row), column, keys.get(column), weights[row][column]));
                largest = weights[row][column] > weights[row][largest] ? column : largest;
            }
            words.add(String.format(Locale.ROOT, "%s looks most at %s (%.2f)", queries.get(row), keys.get(largest), weights[row][largest]));
        }
        return new Figure(name, title, "Each row sums to 1; the darkest cell is " + String.format(Locale.ROOT, "%.2f", most) + ".",
                title + ". " + String.join("; ", words), chart(queries, keys, weights, shade), Math.min(TALLEST, AXES + CELL * queries.size()),
                shade.keys(), table);
    }

    private static JFreeChart chart(List<String> queries, List<String> keys, double[][] weights, Shade shade) {
        SymbolAxis across = axis("looked at", keys);
        across.setVerticalTickLabels(keys.stream().anyMatch(key -> key.length() > SHORT_NAME));
        SymbolAxis down = axis("read → written next", queries);
        down.setInverted(true);
        var plot = new XYPlot(null, across, down, new XYLineAndShapeRenderer());
        plot.addAnnotation(new Cells(weights, shade));
        plot.setFixedLegendItems(Key.legend(shade.keys()));
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        return chart;
    }

    private static SymbolAxis axis(String label, List<String> names) {
        var axis = new SymbolAxis(label, names.toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setAutoRange(false);
        axis.setRange(-0.5, names.size() - 0.5);
        return axis;
    }
}
