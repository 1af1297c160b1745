package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.report.curve.Curve;
import org.encore.report.table.Names;
import org.encore.report.table.Place;

/** The loss chart of one place with its caption and its numbers. */
public final class LossFigure {

    private static final int HEIGHT = 380;

    private LossFigure() {}

    /**
     * The figure of one place.
     *
     * @param training loss on the batches that were learnt from, by cell
     * @param development loss on held-out data, by cell
     */
    public static Figure of(Place place, Names names, Map<String, Curve> training, Map<String, Curve> development) {
        LossChart chart = LossChart.of(place.rows(), names, training, development);
        boolean several = place.rows().stream().anyMatch(row -> row.cells().size() > 1);
        String caption = "Thick: loss on the development set" + (several ? ", the mean over seeds, in a band from the lowest to the highest seed."
                : ".")
                + (place.rows().size() <= LossChart.MOST_WITH_TRAINING ? " Thin: loss on the training batches." : "");
        List<Event.Cell> cells = place.rows().stream().flatMap(row -> row.cells().stream()).toList();
        if (cells.stream().anyMatch(cell -> Math.max(of(cell, training).size(), of(cell, development).size()) > SeedBand.MOST_POINTS)) {
            caption += " A curve of more points than are seen here is their mean, in a band from the lowest to the highest.";
        }
        String words = cells.stream().filter(cell -> !of(cell, development).isEmpty()).map(cell -> String.format(Locale.ROOT, "%s ends at %.3f",
                names.of(cell.id()), of(cell, development).last())).collect(Collectors.joining("; "));
        var parts = new ArrayList<CurveTable.Part>();
        for (Event.Cell cell : cells) {
            parts.add(new CurveTable.Part(List.of(names.of(cell.id()), "training"), of(cell, training)));
            parts.add(new CurveTable.Part(List.of(names.of(cell.id()), "development"), of(cell, development)));
        }
        String title = "Loss over tokens seen" + (place.label().isEmpty() ? "" : ", " + place.label());
        return new Figure("loss" + place.suffix(), title, caption, title + ". " + words, chart.chart(""), HEIGHT, chart.keys(),
                new CurveTable(List.of("model", "split", "tokens", "lossNats"), parts));
    }

    private static Curve of(Event.Cell cell, Map<String, Curve> curves) {
        return curves.getOrDefault(cell.id(), Curve.NONE);
    }
}
