package org.encore.serve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.encore.api.inference.Logits;

/** What a model says of the next token of one row. */
final class Scores {

    /** Nothing is less likely, so that every number has a form in JSON. */
    private static final double LEAST = -9999;

    private final Logits logits;
    private final int row;
    private final double normalizer;

    /** @throws IllegalStateException if a score is no number */
    Scores(Logits logits, int row) {
        this.logits = logits;
        this.row = row;
        double max = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.vocabulary(); token++) {
            float score = logits.get(row, token);
            if (Float.isNaN(score) || score == Float.POSITIVE_INFINITY) {
                throw new IllegalStateException("the model's score of token " + token + " is " + score + ": its weights are damaged, or its precision too low");
            }
            max = Math.max(max, score);
        }
        double sum = 0;
        for (int token = 0; token < logits.vocabulary(); token++) {
            sum += Math.exp(logits.get(row, token) - max);
        }
        normalizer = max + Math.log(sum);
    }

    double logProbability(int token) {
        return Math.max(LEAST, logits.get(row, token) - normalizer);
    }

    /** The likeliest tokens, the likeliest first; among equals the lower id. */
    List<Integer> likeliest(int count) {
        return IntStream.range(0, logits.vocabulary()).boxed().sorted(Comparator.comparingDouble((Integer token) -> -logits.get(row, token))
                .thenComparingInt(token -> token)).limit(count).toList();
    }

    /** Draws a token; at temperature 0 the likeliest. */
    int draw(double temperature, double topP, SplittableRandom random) {
        if (temperature == 0) {
            return logits.argMax(row);
        }
        double max = logProbability(logits.argMax(row));
        double[] mass = IntStream.range(0, logits.vocabulary()).mapToDouble(token -> Math.exp((logProbability(token) - max) / temperature)).toArray();
        if (topP < 1) {
            keep(mass, topP);
        }
        double left = random.nextDouble() * Arrays.stream(mass).sum();
        int last = 0;
        for (int token = 0; token < mass.length; token++) {
            if (mass[token] > 0) {
                last = token;
                left -= mass[token];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    /** Only the likeliest that together have this part of the mass; always one at least. */
    private static void keep(double[] mass, double part) {
        double enough = part * Arrays.stream(mass).sum();
        double kept = 0;
        for (int token : IntStream.range(0, mass.length).boxed().sorted(Comparator.comparingDouble((Integer t) -> -mass[t])).toList()) {
            if (kept > 0 && kept >= enough) {
                mass[token] = 0;
            } else {
                kept += mass[token];
            }
        }
    }
}
