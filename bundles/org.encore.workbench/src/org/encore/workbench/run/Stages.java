package org.encore.workbench.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.run.Event;

/** How far each stage of a run is, from its events. Fed by one thread; what it hands out are copies. */
final class Stages {

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double PERCENT = 100;

    private final Map<Key, Row> rows = new LinkedHashMap<>();

    private record Key(String stage, String cell) {}

    /**
     * One stage of one model.
     *
     * @param stage id
     * @param model cell; empty for a stage over the whole run
     * @param state in words
     * @param active whether it is being done now
     */
    record Row(String stage, String model, String state, boolean active) {}

    /** Takes in one event. */
    void on(Event event) {
        switch (event) {
            case Event.RunStarted e -> rows.clear();
            case Event.StageStarted e -> put(e.stage(), e.cell(), "running", true);
            case Event.StageCached e -> put(e.stage(), e.cell(), "done before", false);
            case Event.Progress e -> put(e.stage(), e.cell(), String.format(Locale.ROOT, "%,d of %,d %s", e.done(), e.total(), e.unit()), true);
            case Event.TrainStep e -> put("train", e.cell(), String.format(Locale.ROOT, "%.0f %%, loss %.3f, %,.0f tokens/s",
                    PERCENT * e.tokens() / Math.max(1, e.totalTokens()), e.loss(), e.tokensPerSecond()), true);
            case Event.StageFinished e -> put(e.stage(), e.cell(), "done in " + duration(e.seconds()), false);
            case Event.StageFailed e -> put(e.stage(), e.cell(), "failed: " + e.message(), false);
            case Event.RunFinished e -> rows.replaceAll((key, row) -> row.active() ? new Row(row.stage(), row.model(), e.status(), false) : row);
            case Event.TrainEvaluation e -> { }
            case Event.Scored e -> { }
            case Event.Sample e -> { }
            case Event.Message e -> { }
        }
    }

    private void put(String stage, String cell, String state, boolean active) {
        rows.put(new Key(stage, cell), new Row(stage, cell, state, active));
    }

    private static String duration(double seconds) {
        return seconds < SECONDS_PER_MINUTE ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / SECONDS_PER_MINUTE);
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }
}
