package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.encore.report.table.Place;

/** The loss chart of one place with its caption and its numbers. */
public final class LossFigure {

    private static final int HEIGHT = 380;

    private LossFigure() {}

    /**
     * The figure of one place.
     */
    public static Figure of(Place place, Names names, Map<String, List<Event.TrainStep>> training,
            Map<String, List<Event.TrainEvaluation>> development) {
        LossChart chart = LossChart.of(place.rows(), names, training, development);
        boolean several = place.rows().stream().anyMatch(row -> row.cells().size() > 1);
        String caption = "Thick: loss on the development set" + (several ? ", the mean over seeds, in a band from the lowest to the highest seed."
                : ".")
                + (place.rows().size() <= LossChart.MOST_WITH_TRAINING ? " Thin: loss on the training batches." : "");
        List<Event.Cell> cells = place.rows().stream().flatMap(row -> row.cells().stream()).toList();
        String words = cells.stream().filter(cell -> !development.getOrDefault(cell.id(), List.of()).isEmpty())
                .map(cell -> String.format(Locale.ROOT, "%s ends at %.3f", names.of(cell.id()), development.get(cell.id()).getLast().loss()))
                .collect(Collectors.joining("; "));
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "split", "tokens", "lossNats")));
        for (Event.Cell cell : cells) {
            training.getOrDefault(cell.id(), List.of()).forEach(p -> table.add(List.of(names.of(cell.id()), "training", p.tokens(), p.loss())));
            development.getOrDefault(cell.id(), List.of()).forEach(p -> table.add(List.of(names.of(cell.id()), "development", p.tokens(), p.loss())));
        }
        String title = "Loss over tokens seen" + (place.label().isEmpty() ? "" : ", " + place.label());
        return new Figure("loss" + place.suffix(), title, caption, title + ". " + words, chart.chart(""), HEIGHT, chart.keys(), table);
    }
}
