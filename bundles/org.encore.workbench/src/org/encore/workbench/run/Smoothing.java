package org.encore.workbench.run;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;

/** Training loss with less noise: an exponential moving average, corrected for its start (as in Kingma and Ba 2015, section 3). */
final class Smoothing {

    /** The average looks back over this share of the curve. */
    private static final double WINDOW = 0.02;
    private static final int SHORTEST = 5;

    private Smoothing() {}

    static List<Event.TrainStep> of(List<Event.TrainStep> steps) {
        double keep = 1 - 1 / Math.max(SHORTEST, WINDOW * steps.size());
        double sum = 0;
        double weight = 0;
        var smooth = new ArrayList<Event.TrainStep>();
        for (Event.TrainStep step : steps) {
            if (Double.isFinite(step.loss())) {
                sum = keep * sum + (1 - keep) * step.loss();
                weight = keep * weight + (1 - keep);
            }
            smooth.add(new Event.TrainStep(step.cell(), step.step(), step.tokens(), step.totalTokens(), weight == 0 ? step.loss() : sum / weight,
                    step.learningRate(), step.gradientNorm(), step.tokensPerSecond()));
        }
        return smooth;
    }
}
