package org.encore.workbench.run;

import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.experiment.result.LearningCurves;
import org.encore.report.curve.Curve;
import org.encore.report.curve.GrowingCurve;

/** Curves of a run while it goes on: numbers only, so that ten million points have room. Fed by one thread; what it hands out never changes. */
final class LiveCurves {

    private final Map<String, GrowingCurve> training = new LinkedHashMap<>();
    private final Map<String, GrowingCurve> speed = new LinkedHashMap<>();
    private final Map<String, GrowingCurve> development = new LinkedHashMap<>();

    /** Takes in one event, if it has to do with curves. */
    void on(Event event) {
        if (event instanceof Event.StageStarted started && LearningCurves.begin(started)) {
            training.remove(started.cell());
            speed.remove(started.cell());
            development.remove(started.cell());
        } else if (event instanceof Event.TrainStep step) {
            of(step.cell(), training).add(step.tokens(), step.loss());
            if (step.tokensPerSecond() > 0) {
                of(step.cell(), speed).add(step.tokens(), step.tokensPerSecond());
            }
        } else if (event instanceof Event.TrainEvaluation look) {
            of(look.cell(), development).add(look.tokens(), look.loss());
        }
    }

    private static GrowingCurve of(String cell, Map<String, GrowingCurve> curves) {
        return curves.computeIfAbsent(cell, c -> new GrowingCurve());
    }

    /** As they are now. */
    Curves now() {
        return new Curves(now(training), now(speed), now(development));
    }

    private static Map<String, Curve> now(Map<String, GrowingCurve> curves) {
        var now = new LinkedHashMap<String, Curve>();
        curves.forEach((cell, curve) -> now.put(cell, curve.now()));
        return now;
    }
}
