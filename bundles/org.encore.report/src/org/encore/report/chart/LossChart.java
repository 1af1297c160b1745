package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.report.curve.Curve;
import org.encore.report.table.Names;
import org.encore.report.table.Row;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/** Loss over tokens seen: held-out data thick, with a band over seeds; training thin. */
public final class LossChart {

    private static final double SMALLEST_RANGE = 0.1;
    /** Training curves beside the others are drawn for no more variants than that: of more one sees nothing. */
    static final int MOST_WITH_TRAINING = 4;
    /** With more rows than that the legend names variants only, which share a colour wherever they stand. */
    private static final int MOST_KEYS = 12;

    private final SeedLines lines = new SeedLines();
    private final List<Key> keys = new ArrayList<>();

    private LossChart() {}

    /**
     * The chart of what is known so far.
     *
     * @param title above the chart; empty for none
     * @param cells in the experiment's order, which fixes the colours
     * @param training loss on the batches that were learnt from, by cell
     * @param development loss on held-out data, by cell
     */
    public static JFreeChart of(String title, List<Event.Cell> cells, Map<String, Curve> training, Map<String, Curve> development) {
        return of(Row.of(cells), Names.of(cells), training, development).chart(title);
    }

    /** Of some rows. @param names of all models of the run */
    static LossChart of(List<Row> rows, Names names, Map<String, Curve> training, Map<String, Curve> development) {
        var chart = new LossChart();
        chart.add(rows, names, training, development);
        return chart;
    }

    private void add(List<Row> rows, Names names, Map<String, Curve> training, Map<String, Curve> development) {
        for (Row row : rows) {
            int variant = names.variant(row.cells().getFirst().id());
            SeedBand heldOut = SeedBand.of(row, development);
            SeedBand learnt = SeedBand.of(row, training);
            boolean onlyLearnt = heldOut.complete().isEmpty() && heldOut.alone().isEmpty();
            if (onlyLearnt || rows.size() <= MOST_WITH_TRAINING) {
                add(row.name() + " training", learnt, variant, false);
            }
            add(row.name(), heldOut, variant, true);
            Key key = Key.line(rows.size() > MOST_KEYS ? Names.shown(row.cells().getFirst().variant()) : row.name(), variant);
            if ((!onlyLearnt || !learnt.complete().isEmpty()) && !keys.contains(key)) {
                keys.add(key);
            }
        }
    }

    private void add(String name, SeedBand band, int variant, boolean thick) {
        Color colour = Palette.variant(variant);
        lines.mean(name, band, colour, variant, thick);
        if (thick) {
            lines.band(name, band, colour);
        }
        lines.alone(name, band, colour, variant);
    }

    /** Its legend. */
    List<Key> keys() {
        return List.copyOf(keys);
    }

    /** The picture. @param title above it; empty for none */
    JFreeChart chart(String title) {
        var loss = new NumberAxis("loss, nats per label");
        loss.setAutoRangeMinimumSize(SMALLEST_RANGE);
        loss.setAutoRangeIncludesZero(false);
        return lines.chart(title, loss, keys);
    }
}
