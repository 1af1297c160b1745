package org.encore.workbench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a run is with one stage, of all models together.
 *
 * @param phase the worst of them: failed, running, ended before it was done, done, done before
 * @param text in few words: what is done, how long one took and from how long to how long
 */
public record StageState(Phase phase, String text) {

    /** Where a stage is. */
    public enum Phase { FAILED, RUNNING, ENDED, DONE, CACHED }

    private static final double PERCENT = 100;
    private static final double MINUTE = 60;

    /** By stage; stages of which nothing is known yet are not in it. */
    static Map<String, StageState> of(Snapshot snapshot) {
        var byStage = new LinkedHashMap<String, List<Stages.Row>>();
        snapshot.stages().forEach(row -> byStage.computeIfAbsent(row.stage(), stage -> new ArrayList<>()).add(row));
        var states = new LinkedHashMap<String, StageState>();
        byStage.forEach((stage, rows) -> states.put(stage, of(rows, rows.getFirst().model().isEmpty() ? rows.size() : Math.max(rows.size(),
                expected(rows,
                snapshot)))));
        return states;
    }

    /** A stage that names models runs once for each; one that names groups, as often as there are groups. */
    private static int expected(List<Stages.Row> rows, Snapshot snapshot) {
        return snapshot.cells().stream().anyMatch(cell -> cell.id().equals(rows.getFirst().model())) ? snapshot.cells().size() : rows.size();
    }

    private static StageState of(List<Stages.Row> rows, int of) {
        long failed = count(rows, Stages.Phase.FAILED);
        long ended = count(rows, Stages.Phase.ENDED);
        long cached = count(rows, Stages.Phase.CACHED);
        long done = count(rows, Stages.Phase.DONE);
        List<Stages.Row> running = rows.stream().filter(Stages.Row::active).toList();
        String amount = of == 1 ? "" : " " + (done + cached) + " of " + of;
        if (failed > 0) {
            return new StageState(Phase.FAILED, of == 1 ? "✗ failed" : "✗ " + failed + " of " + of + " failed");
        }
        if (!running.isEmpty()) {
            double share = running.stream().mapToDouble(Stages.Row::share).max().orElse(0);
            return new StageState(Phase.RUNNING, "▶" + (share > 0 ? String.format(Locale.ROOT, " %.0f %%", PERCENT * share) : " running")
                    + (amount.isEmpty() ? "" : "," + amount + " done"));
        }
        if (ended > 0) {
            return new StageState(Phase.ENDED, "■ " + rows.stream().filter(row -> row.phase() == Stages.Phase.ENDED).findFirst().orElseThrow()
                    .state() + amount);
        }
        if (done == 0) {
            return new StageState(cached < of ? Phase.RUNNING : Phase.CACHED, "✓ done before" + amount);
        }
        return new StageState(done + cached < of ? Phase.RUNNING : Phase.DONE, "✓" + (done + cached < of ? amount + "," : "") + " " + time(rows)
                + (cached > 0 ? ", " + cached + " before" : ""));
    }

    private static long count(List<Stages.Row> rows, Stages.Phase phase) {
        return rows.stream().filter(row -> row.phase() == phase).count();
    }

    /** The middle one, and from the shortest to the longest if there are several. */
    private static String time(List<Stages.Row> rows) {
        double[] seconds = rows.stream().filter(row -> row.phase() == Stages.Phase.DONE).mapToDouble(Stages.Row::seconds).sorted().toArray();
        double middle = (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
        boolean minutes = middle >= MINUTE;
        double unit = minutes ? MINUTE : 1;
        return seconds.length == 1 ? Stages.duration(middle) : String.format(Locale.ROOT, "%.1f %s [%.1f, %.1f]", middle / unit, minutes ? "min"
                : "s", seconds[0] / unit,
                seconds[seconds.length - 1] / unit);
    }
}
