package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.encore.api.Counted;
import org.encore.api.device.Probe.Limit;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.device.MachineLimits.Reached;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The roof of a machine (Williams, Waterman and Patterson 2009): operations per second that it can reach, by operations for each byte that is read.
 */
public final class MachineRoof {

    private static final int HEIGHT = 340;
    private static final double GIGA = 1e9;
    private static final double FEWEST = 0.25;
    private static final double MOST = 512;

    private MachineRoof() {}

    /** Names of the roofs that were measured. */
    public static List<String> names(MachineLimits limits) {
        return roofs(limits).stream().map(roof -> roof.limit().words()).toList();
    }

    private static List<Reached> roofs(MachineLimits limits) {
        return List.of(Limit.FP32_PRODUCTS, Limit.INT8_PRODUCTS).stream().flatMap(limit -> limits.of(limit).stream()).toList();
    }

    /** The figure; empty if bandwidth or products were not measured. @param without names of roofs that are hidden */
    public static Optional<Figure> of(MachineLimits limits, Set<String> without) {
        List<Reached> roofs = roofs(limits).stream().filter(roof -> !without.contains(roof.limit().words())).toList();
        return limits.of(Limit.READ_BANDWIDTH).filter(bandwidth -> !roofs.isEmpty()).map(bandwidth -> figure(limits, bandwidth.best(), roofs));
    }

    private static Figure figure(MachineLimits limits, double bytes, List<Reached> roofs) {
        var keys = new ArrayList<Key>();
        var table = new ArrayList<List<Object>>(List.of(List.of("roof", "operationsPerByte", "gigaOperationsPerSecond")));
        var data = new XYSeriesCollection();
        var pen = new XYLineAndShapeRenderer(true, false);
        var words = new StringBuilder(String.format(Locale.ROOT, "Reading: %.3g GB/s", bytes / GIGA));
        for (Reached roof : roofs) {
            int index = data.getSeriesCount();
            String name = roof.limit().words();
            var line = new XYSeries(name);
            double ridge = roof.best() / bytes;
            for (double x : new double[] {FEWEST, Math.max(FEWEST, Math.min(MOST, ridge)), MOST}) {
                double y = Math.min(x * bytes, roof.best()) / GIGA;
                line.addOrUpdate(x, y);
                table.add(List.of(name, x, y));
            }
            data.addSeries(line);
            pen.setSeriesPaint(index, Palette.variant(index));
            pen.setSeriesStroke(index, ChartStyle.stroke(index, true));
            keys.add(new Key(name, Palette.variant(index), Key.Mark.LINE));
            words.append(String.format(Locale.ROOT, "; %s: at most %.3g G%s, from %.3g operations per byte on", name, roof.best() / GIGA,
                    roof.limit().unit(), ridge));
        }
        var plot = new XYPlot(data, LengthChart.Axes.logarithmic("operations per byte"), LengthChart.Axes.logarithmic("GFLOP/s or GOP/s"), pen);
        plot.setFixedLegendItems(Key.legend(keys));
        var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return new Figure("machine-roof", "The roof of this machine", "Measured " + limits.when() + ", " + Counted.of(limits.threads(), "thread")
                + ", the best of all attempts. To the left, "
                + "memory bounds; to the right, arithmetic.", words.toString(), chart, HEIGHT, keys, table);
    }
}
