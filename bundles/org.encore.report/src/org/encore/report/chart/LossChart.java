package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.encore.report.table.Row;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Loss over tokens seen: held-out data thick, with a band over seeds; training thin. */
public final class LossChart {

    private static final double MILLION = 1e6;
    private static final double SMALLEST_RANGE = 0.1;
    private static final float BAND = 0.18f;
    /** Training curves beside the others are drawn for no more variants than that: of more one sees nothing. */
    static final int MOST_WITH_TRAINING = 4;
    /** With more rows than that the legend names variants only, which share a colour wherever they stand. */
    private static final int MOST_KEYS = 12;

    private final XYSeriesCollection lines = new XYSeriesCollection();
    private final XYLineAndShapeRenderer pen = new XYLineAndShapeRenderer(true, false);
    private final YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    private final DeviationRenderer brush = new DeviationRenderer(false, false);
    private final List<Key> keys = new ArrayList<>();

    private LossChart() {
        pen.setDrawSeriesLineAsPath(true);
        brush.setAlpha(BAND);
    }

    /**
     * The chart of what is known so far. Points that are no finite number, as of a training that diverged, are left out.
     *
     * @param title above the chart; empty for none
     * @param cells in the experiment's order, which fixes the colours
     * @param training by cell
     * @param development by cell
     */
    public static JFreeChart of(String title, List<Event.Cell> cells, Map<String, List<Event.TrainStep>> training,
            Map<String, List<Event.TrainEvaluation>> development) {
        return of(Row.of(cells), Names.of(cells), training, development).chart(title);
    }

    /** Of some rows. @param names of all models of the run */
    static LossChart of(List<Row> rows, Names names, Map<String, List<Event.TrainStep>> training,
            Map<String, List<Event.TrainEvaluation>> development) {
        var chart = new LossChart();
        chart.add(rows, names, training, development);
        return chart;
    }

    private void add(List<Row> rows, Names names, Map<String, List<Event.TrainStep>> training, Map<String, List<Event.TrainEvaluation>> development) {
        for (Row row : rows) {
            int variant = names.variant(row.cells().getFirst().id());
            SeedBand heldOut = SeedBand.of(heldOut(row, development));
            SeedBand learnt = SeedBand.of(row.cells().stream().map(cell -> curve(training.getOrDefault(cell.id(), List.of()), Event.TrainStep::tokens,
                    Event.TrainStep::loss)).toList());
            boolean onlyLearnt = heldOut.points().isEmpty() && heldOut.alone().isEmpty();
            if (onlyLearnt || rows.size() <= MOST_WITH_TRAINING) {
                add(row.name() + " training", learnt, variant, false);
            }
            add(row.name(), heldOut, variant, true);
            Key key = Key.line(rows.size() > MOST_KEYS ? Names.shown(row.cells().getFirst().variant()) : row.name(), variant);
            if ((!onlyLearnt || !learnt.points().isEmpty()) && !keys.contains(key)) {
                keys.add(key);
            }
        }
    }

    /** Held-out curves of a row's seeds. */
    private static List<SeedBand.Curve> heldOut(Row row, Map<String, List<Event.TrainEvaluation>> development) {
        return row.cells().stream().map(cell -> curve(development.getOrDefault(cell.id(), List.of()), Event.TrainEvaluation::tokens,
                Event.TrainEvaluation::loss)).toList();
    }

    private static <P> SeedBand.Curve curve(List<P> points, ToLongFunction<P> tokens, ToDoubleFunction<P> loss) {
        List<P> finite = points.stream().filter(point -> Double.isFinite(loss.applyAsDouble(point))).toList();
        return new SeedBand.Curve(finite.stream().mapToDouble(point -> tokens.applyAsLong(point) / MILLION).toArray(), finite.stream()
                .mapToDouble(loss).toArray());
    }

    private void add(String name, SeedBand band, int variant, boolean thick) {
        var mean = new XYSeries(name, false);
        var range = new YIntervalSeries(name, false, true);
        band.points().forEach(at -> {
            mean.add(at.x(), at.mean());
            range.add(at.x(), at.mean(), at.low(), at.high());
        });
        line(mean, variant, thick);
        if (thick && band.points().stream().anyMatch(at -> at.high() > at.low())) {
            brush.setSeriesFillPaint(bands.getSeriesCount(), Palette.variant(variant));
            bands.addSeries(range);
        }
        for (SeedBand.Curve alone : band.alone()) {
            var series = new XYSeries(name + " " + lines.getSeriesCount(), false);
            for (int i = 0; i < alone.x().length; i++) {
                series.add(alone.x()[i], alone.y()[i]);
            }
            line(series, variant, false);
        }
    }

    private void line(XYSeries series, int variant, boolean thick) {
        if (series.isEmpty()) {
            return;
        }
        int index = lines.getSeriesCount();
        lines.addSeries(series);
        pen.setSeriesPaint(index, Palette.variant(variant));
        pen.setSeriesStroke(index, ChartStyle.stroke(variant, thick));
        pen.setSeriesShape(index, ChartStyle.point(variant));
        pen.setSeriesShapesVisible(index, series.getItemCount() == 1);
    }

    /** Its legend. */
    List<Key> keys() {
        return List.copyOf(keys);
    }

    /** The picture. @param title above it; empty for none */
    JFreeChart chart(String title) {
        var tokens = new NumberAxis("million tokens seen");
        var loss = new NumberAxis("loss, nats per label");
        loss.setAutoRangeIncludesZero(false);
        loss.setAutoRangeMinimumSize(SMALLEST_RANGE);
        var plot = new XYPlot(lines, tokens, loss, pen);
        plot.setDataset(1, bands);
        plot.setRenderer(1, brush);
        plot.setFixedLegendItems(Key.legend(keys));
        if (lines.getSeriesCount() == 0) {
            plot.setNoDataMessage("no training step yet");
        }
        var chart = new JFreeChart(title.isEmpty() ? null : title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        ChartStyle.apply(chart, plot);
        return chart;
    }
}
