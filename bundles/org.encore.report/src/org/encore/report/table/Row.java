package org.encore.report.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/**
 * A variant at one place of the other axes, at all its seeds.
 *
 * @param name for people
 * @param cells at least one
 */
public record Row(String name, List<Event.Cell> cells) {

    public Row {
        cells = List.copyOf(cells);
    }

    /** All rows of a run, in the experiment's order. */
    public static List<Row> of(RunResults results) {
        return of(results.cells());
    }

    /** Rows of some models, in their order. */
    public static List<Row> of(List<Event.Cell> models) {
        var groups = new LinkedHashMap<List<Object>, List<Event.Cell>>();
        models.forEach(cell -> groups.computeIfAbsent(List.of(cell.variant(), cell.axes()), key -> new ArrayList<>()).add(cell));
        var names = new ArrayList<String>();
        var rows = new ArrayList<Row>();
        groups.values().forEach(cells -> {
            names.add(Names.unique(Names.row(cells.getFirst()), names));
            rows.add(new Row(names.getLast(), cells));
        });
        return rows;
    }

    /** Parameters of its models. */
    public long parameters() {
        return cells.getFirst().parameters();
    }

    /** Scores of those seeds that have one. */
    public List<Scores.Score> scores(RunResults results, String split, String metric) {
        return cells.stream().map(cell -> score(results, cell.id(), split, metric)).flatMap(Optional::stream).toList();
    }

    /** A score of a cell, if it was found. */
    public static Optional<Scores.Score> score(RunResults results, String cell, String split, String metric) {
        return Optional.ofNullable(results.scores().get(cell)).map(scores -> scores.splits().get(split)).map(scores -> scores.get(metric));
    }
}
