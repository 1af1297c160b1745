package org.encore.serve;

import java.util.List;

/**
 * A token of an output.
 *
 * @param id of the token
 * @param name as it is told: its text, or {@code token_id:N}
 * @param text that it adds to the output; may be empty
 * @param released text that is certain now: all but what may be the beginning of a stop text
 * @param logProbability natural logarithm; NaN if the model says nothing of this token, or nobody asked
 * @param likeliest tokens at this position, the likeliest first
 */
record Piece(int id, String name, String text, String released, double logProbability, List<Alternative> likeliest) {

    /** @param name as {@link Piece#name} */
    record Alternative(String name, double logProbability) {}

    Piece {
        likeliest = List.copyOf(likeliest);
    }
}
