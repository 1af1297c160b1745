package org.encore.report.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.experiment.result.RunResults;

/**
 * All variants where the other axes stand still: what belongs in one chart.
 *
 * @param label such as {@code language hun}; empty if there is but one
 * @param suffix of names of files: empty, or a hyphen and what is left of the label there
 * @param rows variants
 */
public record Place(String label, String suffix, List<Row> rows) {

    public Place {
        rows = List.copyOf(rows);
    }

    /**
     * All places of a run, in its order. Those that share all results of a stage, as models that differ only in how they are timed share their
     * training, are one.
     *
     * @param stage over single models
     */
    public static List<Place> of(RunResults results, String stage) {
        var rows = new LinkedHashMap<Map<String, String>, List<Row>>();
        Row.of(results).forEach(row -> rows.computeIfAbsent(row.cells().getFirst().axes(), axes -> new ArrayList<>()).add(row));
        var first = new LinkedHashMap<List<String>, List<Row>>();
        var axes = new LinkedHashMap<List<String>, Map<String, String>>();
        rows.forEach((at, of) -> {
            List<String> results0 = of.stream().flatMap(row -> row.cells().stream()).map(cell -> result(results, cell, stage)).toList();
            first.putIfAbsent(results0, of);
            axes.computeIfAbsent(results0, r -> new TreeMap<>(at)).entrySet().removeIf(axis -> !axis.getValue().equals(at.get(axis.getKey())));
        });
        var suffixes = new ArrayList<String>();
        var places = new ArrayList<Place>();
        first.forEach((shared, of) -> {
            String label = first.size() == 1 ? "" : Names.shown(axes.get(shared).entrySet().stream()
                    .map(axis -> axis.getKey() + " " + axis.getValue())
                    .collect(Collectors.joining(", ")));
            suffixes.add(Names.unique(suffix(label), suffixes).replace(" (", "-").replace(")", ""));
            places.add(new Place(label, suffixes.getLast(), of));
        });
        return places;
    }

    private static String result(RunResults results, Event.Cell cell, String stage) {
        Path folder = results.folder().result(cell.id(), stage);
        try {
            return Files.exists(folder) ? folder.toRealPath().toString() : cell.id();
        } catch (IOException e) {
            return cell.id();
        }
    }

    /** What may stand in a name of a file on every system: empty, or a hyphen and letters, digits and hyphens. */
    public static String suffix(String label) {
        String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "" : "-" + plain;
    }
}
