package org.encore.distill;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowByRow;

/**
 * Draws outputs of a model, token by token, many rows at once. Every row draws from a stream of its own, so what it says does not depend on which rows are
 * beside it.
 *
 * @param temperature that logits are divided by
 * @param topK likeliest tokens that are drawn from; 0 for all
 * @param endToken id that ends an output
 * @param maxTokens most tokens of an output
 */
public record Sampling(double temperature, int topK, int endToken, int maxTokens) {

    public Sampling {
        if (!(temperature > 0 && temperature <= 100) || topK < 0 || maxTokens < 1) {
            throw new IllegalArgumentException("temperature " + temperature + ", topK " + topK + ", maxTokens " + maxTokens
                    + ": give a temperature above 0 and at most 100, topK of 0 or more, maxTokens of at least 1");
        }
    }

    /**
     * One output of each source, without start and end token.
     *
     * @param generator with room for so many rows, and for the longest source, the start token and {@link #maxTokens}
     * @param sources token ids
     * @param seeds of each row's stream
     */
    public List<int[]> draw(Generator generator, int[][] sources, long[] seeds) {
        SplittableRandom[] streams = Arrays.stream(seeds).mapToObj(SplittableRandom::new).toArray(SplittableRandom[]::new);
        return RowByRow.outputs(generator, sources, new Limits(endToken, maxTokens), (logits, row, source) -> token(logits, row, streams[source].nextDouble()));
    }

    /** The token at which the distribution function passes the share. */
    private int token(Logits logits, int row, double share) {
        double least = topK == 0 || topK >= logits.vocabulary() ? Double.NEGATIVE_INFINITY : least(logits, row);
        double max = logits.get(row, logits.argMax(row));
        double sum = 0;
        var masses = new double[logits.vocabulary()];
        for (int token = 0; token < masses.length; token++) {
            double logit = logits.get(row, token);
            masses[token] = logit < least ? 0 : Math.exp((logit - max) / temperature);
            sum += masses[token];
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the student's scores sum to " + sum + ": nothing can be drawn from them. Lower the learning rate or set clip.");
        }
        double left = share * sum;
        int last = 0;
        for (int token = 0; token < masses.length; token++) {
            if (masses[token] > 0) {
                last = token;
                left -= masses[token];
                if (left < 0) {
                    return token;
                }
            }
        }
        return last; // rounding
    }

    private double least(Logits logits, int row) {
        double[] sorted = IntStream.range(0, logits.vocabulary()).mapToDouble(token -> logits.get(row, token)).sorted().toArray();
        return sorted[sorted.length - topK];
    }
}
