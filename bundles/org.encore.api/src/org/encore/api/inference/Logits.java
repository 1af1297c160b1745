package org.encore.api.inference;

import java.nio.FloatBuffer;

/**
 * Scores of the next token, (rows, vocabulary). Valid until the generator's next call.
 *
 * @param rows number of rows
 * @param vocabulary V
 * @param values row by row, absolute positions from 0
 */
public record Logits(int rows, int vocabulary, FloatBuffer values) {

    public float get(int row, int token) {
        return values.get(row * vocabulary + token);
    }

    /** The token with the highest score; the lowest id among equals. */
    public int argMax(int row) {
        int best = 0;
        int offset = row * vocabulary;
        float bestScore = values.get(offset);
        for (int token = 1; token < vocabulary; token++) {
            float score = values.get(offset + token);
            if (score > bestScore) {
                best = token;
                bestScore = score;
            }
        }
        return best;
    }
}
