package org.encore.experiment.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.run.Event;

/** How models of a run learnt, from its events: every point as it was told. Fed by one thread; what it hands out are copies. */
public final class LearningCurves {

    /** Stages whose steps make a model's curve. */
    private static final Set<String> TRAININGS = Set.of("train", "distil");

    private final Map<String, List<Event.TrainStep>> training = new LinkedHashMap<>();
    private final Map<String, List<Event.TrainEvaluation>> development = new LinkedHashMap<>();

    /** Whether a model's curve begins anew: a training that starts over after a kill tells it once more. */
    public static boolean begin(Event.StageStarted started) {
        return TRAININGS.contains(started.stage());
    }

    /** Takes in one event, if it has to do with curves. */
    public void on(Event event) {
        if (event instanceof Event.StageStarted started && begin(started)) {
            training.remove(started.cell());
            development.remove(started.cell());
        } else if (event instanceof Event.TrainStep step) {
            training.computeIfAbsent(step.cell(), cell -> new ArrayList<>()).add(step);
        } else if (event instanceof Event.TrainEvaluation look) {
            development.computeIfAbsent(look.cell(), cell -> new ArrayList<>()).add(look);
        }
    }

    /** Training steps by cell. */
    public Map<String, List<Event.TrainStep>> training() {
        return copy(training);
    }

    /** Looks at held-out data by cell. */
    public Map<String, List<Event.TrainEvaluation>> development() {
        return copy(development);
    }

    private static <P> Map<String, List<P>> copy(Map<String, List<P>> of) {
        var copy = new LinkedHashMap<String, List<P>>();
        of.forEach((cell, points) -> copy.put(cell, List.copyOf(points)));
        return copy;
    }
}
