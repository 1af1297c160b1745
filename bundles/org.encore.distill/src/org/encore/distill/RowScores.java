package org.encore.distill;

import java.util.List;

import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;

/** Scores that also tell what the model makes of the very tokens that a row has: of a model that is loaded here, or of one behind a service. */
public interface RowScores extends Scoring {

    /**
     * What a model says of a row, and of what the row has.
     *
     * @param said at each position
     * @param own logarithm of the probability of the token that the row has there, at the temperature of what is said
     */
    record Heard(Guidance.Top said, double[] own) {}

    /**
     * As {@link Scoring#score}.
     *
     * @param endToken that each row has at its last position
     * @throws IllegalArgumentException as {@link Scoring#score} does
     * @throws org.encore.api.Unavailable if it does not tell of the tokens that a row has
     */
    List<Heard> heard(List<Row> rows, int k, double temperature, int endToken);
}
