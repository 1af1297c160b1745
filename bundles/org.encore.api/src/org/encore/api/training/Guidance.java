package org.encore.api.training;

/**
 * What a teacher says at every target position of a batch: a distribution over the next token. Logarithms are natural and finite; at padded
 * positions anything finite may stand.
 */
public sealed interface Guidance {

    /**
     * The whole distribution.
     *
     * @param vocabulary V
     * @param logProbabilities (B, T, V), row by row
     */
    record Whole(int vocabulary, float[] logProbabilities) implements Guidance {}

    /**
     * The likeliest tokens and the mass of all others.
     *
     * @param k tokens at each position
     * @param tokens (B, T, K) ids, row by row, no id twice at one position
     * @param logProbabilities (B, T, K), row by row
     * @param tail (B, T) probability of all other tokens together; with the others it sums to 1. Of a teacher with another tokenizer it sums to the probability of the rest
     *     of the span of text that begins at the position, and is {@link #WITHIN} where a span goes on
     */
    record Top(int k, long[] tokens, float[] logProbabilities, float[] tail) implements Guidance {

        /**
         * Tail of a position within a span of text that an earlier one began: there nothing of its own is said.
         *
         * @since 0.1.0
         */
        public static final float WITHIN = -1;

        /**
         * Whether a distribution is told at a position.
         *
         * @since 0.1.0
         */
        public boolean begins(int position) {
            return tail[position] >= 0;
        }
    }

    /** @throws IllegalArgumentException unless the arrays are for this many positions, B times T */
    default void check(int positions) {
        boolean fits = switch (this) {
            case Whole whole -> whole.logProbabilities().length == positions * whole.vocabulary();
            case Top top -> top.tokens().length == positions * top.k() && top.logProbabilities().length == top.tokens().length
                    && top.tail().length == positions;
        };
        if (!fits) {
            throw new IllegalArgumentException("the teacher's part of a batch does not have its " + positions + " target positions");
        }
    }
}
