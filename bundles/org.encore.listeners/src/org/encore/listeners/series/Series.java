package org.encore.listeners.series;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.run.Event;

/**
 * Turns the events of one process into points. A training that is resumed tells its curve from the beginning, and what was done before is read from
 * the stage's result; so a process gives out everything that there is about the stages that it saw, whatever an earlier process has given out.
 */
public final class Series {

    private final Path run;
    private final Set<String> cells = new HashSet<>();
    private final Map<String, Long> lastStep = new HashMap<>();
    private final List<Point> measured = new ArrayList<>();
    private final List<Event.StageCached> awaited = new ArrayList<>();

    /** @param run the run's folder */
    public Series(Path run) {
        this.run = run;
    }

    /** The points that an event brings about; none for most events. */
    public List<Point> on(Instant time, Event event) {
        return switch (event) {
            case Event.RunStarted e -> {
                e.cells().forEach(cell -> cells.add(cell.id()));
                yield List.of();
            }
            case Event.TrainStep e -> step(e, time);
            case Event.TrainEvaluation e -> evaluation(e, time);
            case Event.TrainAgreement e -> agreement(e, time);
            case Event.Scored e -> both(results(), score(e, time));
            case Event.Sample e -> {
                if (cells.contains(e.cell())) { // and not the second time that a model runs, against itself
                    measured.addAll(sample(e, time)); // told once the stage is over: one that is killed measures again
                }
                yield List.of();
            }
            case Event.StageFinished e -> both(results(), measured());
            case Event.StageFailed e -> {
                measured.clear();
                yield results();
            }
            case Event.StageCached e -> {
                List<Point> earlier = results();
                awaited.add(e);
                yield earlier;
            }
            case Event.StageStarted e -> results();
            case Event.RunFinished e -> results();
            case Event.Progress e -> List.of();
            case Event.RaceRepeat e -> List.of(); // its samples follow
            case Event.Message e -> List.of();
        };
    }

    /** How many points an event brings about by itself, at once or later. */
    public static int count(Event event) {
        return event instanceof Event.TrainStep ? 5 : event instanceof Event.TrainAgreement ? 4 : event instanceof Event.Sample ? 2
                : event instanceof Event.TrainEvaluation || event instanceof Event.Scored ? 1 : 0;
    }

    private List<Point> step(Event.TrainStep e, Instant time) {
        lastStep.merge(e.cell(), e.step(), Math::max);
        return List.of(new Point(e.cell(), "train/loss", e.step(), e.loss(), time),
                new Point(e.cell(), "train/learningRate", e.step(), e.learningRate(), time),
                new Point(e.cell(), "train/gradientNorm", e.step(), e.gradientNorm(), time),
                new Point(e.cell(), "train/tokensPerSecond", e.step(), e.tokensPerSecond(), time),
                new Point(e.cell(), "train/tokens", e.step(), e.tokens(), time));
    }

    private List<Point> evaluation(Event.TrainEvaluation e, Instant time) {
        lastStep.merge(e.cell(), e.step(), Math::max);
        return List.of(new Point(e.cell(), "development/loss", e.step(), e.loss(), time));
    }

    private List<Point> agreement(Event.TrainAgreement e, Instant time) {
        lastStep.merge(e.cell(), e.step(), Math::max);
        return List.of(new Point(e.cell(), "teacher/sameToken", e.step(), e.sameToken(), time),
                new Point(e.cell(), "teacher/kl", e.step(), e.forwardKl(), time),
                new Point(e.cell(), "teacher/entropy", e.step(), e.teacherEntropy(), time),
                new Point(e.cell(), "teacher/studentEntropy", e.step(), e.studentEntropy(), time));
    }

    /** A score belongs to the end of the training. */
    private List<Point> score(Event.Scored e, Instant time) {
        return List.of(new Point(e.cell(), e.split() + "/" + e.metric(), lastStep.getOrDefault(e.cell(), 0L), e.value(), time));
    }

    private static List<Point> sample(Event.Sample e, Instant time) {
        String series = e.voided() ? "benchmark-voided/" : "benchmark/";
        return List.of(new Point(e.cell(), series + "firstTokenMillis", e.repeat(), e.firstTokenMillis(), time),
                new Point(e.cell(), series + "perTokenMillis", e.repeat(), e.perTokenMillis(), time));
    }

    private List<Point> measured() {
        List<Point> taken = List.copyOf(measured);
        measured.clear();
        return taken;
    }

    /** What was done before, once the run's folder links to it, which it does shortly after the event. */
    private List<Point> results() {
        var points = new ArrayList<Point>();
        for (Event.StageCached cached : List.copyOf(awaited)) {
            StageResult.of(run, cached).ifPresent(result -> {
                awaited.remove(cached);
                result.steps().forEach(step -> points.addAll(step(step, result.written())));
                result.evaluations().forEach(evaluation -> points.addAll(evaluation(evaluation, result.written())));
                result.scores().forEach(score -> points.addAll(score(score, result.written())));
                result.samples().stream().filter(sample -> cells.contains(sample.cell())).forEach(s -> points.addAll(sample(s, result.written())));
            });
        }
        return points;
    }

    private static List<Point> both(List<Point> first, List<Point> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
