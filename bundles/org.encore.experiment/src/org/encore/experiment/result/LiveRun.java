package org.encore.experiment.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.experiment.run.RunFolder;

/**
 * What the events of a run amount to so far, but for curves, which may be long: {@link LearningCurves} has these. Fed by one thread; what it hands out
 * are copies.
 */
public final class LiveRun {

    private String experiment = "";
    private String status = "running";
    private String activity = "";
    private List<Event.Cell> cells = List.of();
    private final Map<String, List<Event.Sample>> samples = new LinkedHashMap<>();
    private final Map<List<String>, Event.Scored> scores = new LinkedHashMap<>();
    private final List<Event.StageFailed> failures = new ArrayList<>();

    /** Takes in one event. */
    public void on(Event event) {
        switch (event) {
            case Event.RunStarted e -> {
                experiment = e.experiment();
                cells = e.cells().stream().filter(cell -> RunFolder.staysInside(cell.id())).toList();
                status = "running";
                failures.clear();
            }
            case Event.TrainStep e -> activity = String.format(java.util.Locale.ROOT, "train %s: %.0f %%, loss %.3f, %,.0f tokens/s", e.cell(),
                    100.0 * e.tokens() / Math.max(1, e.totalTokens()), e.loss(), e.tokensPerSecond());
            case Event.TrainEvaluation e -> { }
            case Event.StageFailed e -> failures.add(e);
            case Event.RunFinished e -> {
                status = e.status();
                activity = e.status();
            }
            case Event.StageStarted e -> activity = (e.stage() + " " + e.cell()).strip();
            case Event.Progress e -> activity = String.format(java.util.Locale.ROOT, "%s: %,d of %,d %s", (e.stage() + " " + e.cell()).strip(),
                    e.done(), e.total(), e.unit());
            case Event.StageCached e -> { }
            case Event.Scored e -> scores.put(List.of(e.cell(), e.split(), e.metric()), e);
            case Event.Sample e -> sample(e);
            case Event.RaceRepeat e -> e.turns().forEach(turn -> sample(new Event.Sample(turn.cell(), e.repeat(), turn.firstTokenMillis(),
                    turn.perTokenMillis(), e.voided())));
            case Event.StageFinished e -> { }
            case Event.TrainAgreement e -> { }
            case Event.Message e -> { }
        }
    }

    /** A race that is over tells all its repeats from the first one on, and so does one that is run again: what was told before gives way to it. */
    private void sample(Event.Sample sample) {
        List<Event.Sample> all = samples.computeIfAbsent(sample.cell(), cell -> new ArrayList<>());
        if (!all.isEmpty() && sample.repeat() <= all.getLast().repeat()) {
            all.clear();
        }
        all.add(sample);
    }

    public String experiment() {
        return experiment;
    }

    /** running, done, failed or stopped; a killed run is still said to be running. */
    public String status() {
        return status;
    }

    /** What is being done, in words. */
    public String activity() {
        return activity;
    }

    public List<Event.Cell> cells() {
        return cells;
    }

    /** Measured repeats by cell, of the last race: all of them once it is over, those that were told while it goes on. */
    public Map<String, List<Event.Sample>> samples() {
        var copy = new LinkedHashMap<String, List<Event.Sample>>();
        samples.forEach((cell, of) -> copy.put(cell, List.copyOf(of)));
        return copy;
    }

    /** Scores, the last of each cell, split and metric. */
    public List<Event.Scored> scores() {
        return List.copyOf(scores.values());
    }

    public List<Event.StageFailed> failures() {
        return List.copyOf(failures);
    }
}
