package org.encore.workbench.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventJson;

/** How far each stage of a run is, from its events. Fed by one thread; what it hands out are copies. */
final class Stages {

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MILLIS = 1000;
    /** Below that share done, the time that is left is a guess. */
    private static final double KNOWN = 0.02;

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<Key, Mark> marks = new LinkedHashMap<>();

    private record Key(String stage, String cell) {}

    /** Where a stage was when it first said so: what was resumed has done part of it before. */
    private record Mark(Instant time, double share) {}

    /** Where a stage is. */
    enum Phase { RUNNING, DONE, CACHED, FAILED, ENDED }

    /**
     * One stage of one model.
     *
     * @param stage id
     * @param model cell; empty for a stage over the whole run
     * @param state in words
     * @param phase where it is
     * @param share done of it, 0 to 1
     * @param seconds that it took; 0 while it has not ended well
     */
    record Row(String stage, String model, String state, Phase phase, double share, double seconds) {

        boolean active() {
            return phase == Phase.RUNNING;
        }
    }

    /** Takes in one event. */
    void on(EventJson.Timed timed) {
        switch (timed.event()) {
            case Event.RunStarted e -> {
                rows.clear();
                marks.clear();
            }
            case Event.StageStarted e -> {
                marks.remove(new Key(e.stage(), e.cell()));
                put(e.stage(), e.cell(), "running", Phase.RUNNING, 0);
            }
            case Event.StageCached e -> put(e.stage(), e.cell(), "done before", Phase.CACHED, 1);
            case Event.Progress e -> {
                double share = (double) e.done() / Math.max(1, e.total());
                put(e.stage(), e.cell(), String.format(Locale.ROOT, "%,d of %,d %s", e.done(), e.total(), e.unit()) + left(e.stage(), e.cell(),
                        share, timed),
                        Phase.RUNNING, share);
            }
            case Event.TrainStep e -> {
                double share = (double) e.tokens() / Math.max(1, e.totalTokens());
                put("train", e.cell(), String.format(Locale.ROOT, "%.0f %%, loss %.3f, %,.0f tokens/s", 100 * share, e.loss(), e.tokensPerSecond())
                        + left("train", e.cell(), share, timed), Phase.RUNNING, share);
            }
            case Event.StageFinished e -> rows.put(new Key(e.stage(), e.cell()), new Row(e.stage(), e.cell(), "done in " + duration(e.seconds()),
                    Phase.DONE,
                    1, e.seconds()));
            case Event.StageFailed e -> put(e.stage(), e.cell(), "failed: " + e.message(), Phase.FAILED, 0);
            case Event.RunFinished e -> rows.replaceAll((key, row) -> row.active() ? new Row(row.stage(), row.model(), e.status(), Phase.ENDED,
                    row.share(), 0) : row);
            case Event.TrainEvaluation e -> { }
            case Event.TrainAgreement e -> { }
            case Event.Scored e -> { }
            case Event.Sample e -> { }
            case Event.RaceRepeat e -> { }
            case Event.Message e -> { }
        }
    }

    private void put(String stage, String cell, String state, Phase phase, double share) {
        rows.put(new Key(stage, cell), new Row(stage, cell, state, phase, share, 0));
    }

    /** How long it takes if it goes on as it went so far. */
    private String left(String stage, String cell, double share, EventJson.Timed now) {
        Mark mark = marks.computeIfAbsent(new Key(stage, cell), key -> new Mark(now.time(), share));
        double seconds = (now.time().toEpochMilli() - mark.time().toEpochMilli()) / MILLIS;
        double done = share - mark.share();
        return seconds <= 0 || done < KNOWN || share >= 1 ? "" : ", about " + duration(seconds * (1 - share) / done) + " left";
    }

    static String duration(double seconds) {
        return seconds < SECONDS_PER_MINUTE ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / SECONDS_PER_MINUTE);
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }
}
