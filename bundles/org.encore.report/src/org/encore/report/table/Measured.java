package org.encore.report.table;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;

/**
 * A model that was timed: one stands for all seeds of its variant.
 *
 * @param cell its id
 * @param name for people
 * @param variant position among all variants, which fixes its colour
 * @param found what was found
 */
public record Measured(String cell, String name, int variant, BenchmarkSummary.Cell found) {

    /** Those of one race, in the experiment's order. */
    public static List<Measured> of(RunResults results, BenchmarkSummary race) {
        List<Event.Cell> cells = results.cells().stream().filter(cell -> race.cells().containsKey(cell.id())).toList();
        var names = Names.of(results.cells());
        boolean one = cells.stream().map(Event.Cell::variant).distinct().count() == cells.size();
        var taken = new ArrayList<String>();
        var measured = new ArrayList<Measured>();
        for (Event.Cell cell : cells) {
            taken.add(Names.unique(one ? cell.variant() : Names.row(cell), taken));
            measured.add(new Measured(cell.id(), taken.getLast(), names.variant(cell.id()), race.cells().get(cell.id())));
        }
        return measured;
    }
}
