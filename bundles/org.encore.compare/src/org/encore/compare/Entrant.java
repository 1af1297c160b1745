package org.encore.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.encore.api.run.Event;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/**
 * A variant at one place of the other axes, at all its seeds.
 *
 * @param name of the variant; with several runs, that of the run before it where names would clash
 * @param place axis to label; empty if there are no axes beside variants and seeds
 * @param cells seed to cell
 */
record Entrant(String name, Map<String, String> place, SortedMap<Long, Cell> cells) {

    /** A cell of a run. */
    record Cell(RunResults run, String id) {

        /** Folder of its evaluation, links resolved; cells that share one were evaluated once. */
        Path evaluation() throws IOException {
            return run.folder().result(id, "evaluate").toRealPath();
        }

        /** Splits that it was scored on. */
        Set<String> splits() {
            Scores scores = run.scores().get(id);
            return scores == null ? Set.of() : scores.splits().keySet();
        }

        /** Metric to score; empty if it was not scored on that split. */
        Map<String, Scores.Score> scores(String split) {
            Scores scores = run.scores().get(id);
            return scores == null ? Map.of() : scores.splits().getOrDefault(split, Map.of());
        }
    }

    /** The same where the other axes make no difference. */
    Entrant anywhere() {
        return new Entrant(name, Map.of(), cells);
    }

    /** All entrants of some runs, in order. */
    static List<Entrant> of(List<RunResults> runs) {
        var entrants = new LinkedHashMap<List<Object>, Entrant>();
        for (RunResults run : runs) {
            for (Event.Cell cell : run.cells()) {
                String name = clashes(runs, run, cell.variant()) ? run.folder().name() + "/" + cell.variant() : cell.variant();
                entrants.computeIfAbsent(List.of(name, cell.axes()), key -> new Entrant(name, cell.axes(), new TreeMap<>())).cells()
                        .put(cell.seed(), new Cell(run, cell.id()));
            }
        }
        return new ArrayList<>(entrants.values());
    }

    private static boolean clashes(List<RunResults> runs, RunResults own, String variant) {
        return runs.stream().anyMatch(other -> other != own && other.cells().stream().anyMatch(cell -> cell.variant().equals(variant)));
    }
}
