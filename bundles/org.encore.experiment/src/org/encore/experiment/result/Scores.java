package org.encore.experiment.result;

import java.util.Map;

/**
 * Quality of one model, as in {@code evaluate/scores.json}.
 *
 * @param decoding id of how outputs were chosen
 * @param splits development and test, each metric id to its score
 */
public record Scores(String decoding, Map<String, Map<String, Score>> splits) {

    /** A corpus score over this many examples. */
    public record Score(double value, String unit, boolean lowerIsBetter, long examples) {}
}
