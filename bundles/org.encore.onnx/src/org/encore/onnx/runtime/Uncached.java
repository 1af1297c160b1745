package org.encore.onnx.runtime;

import java.util.Arrays;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/** Generation that computes the whole row again for every token, as implementations without a cache do. */
final class Uncached implements Generator {

    private final OrtGenerator generator;
    private int[][] sources = new int[0][];
    private int[][] targets = new int[0][];

    Uncached(OrtGenerator generator) {
        this.generator = generator;
    }

    @Override
    public Logits start(int[][] given) {
        Logits logits = generator.start(given);
        sources = given.clone();
        targets = new int[given.length][0];
        return logits;
    }

    @Override
    public Logits next(int[] tokens) {
        if (tokens.length != targets.length) {
            throw new IllegalArgumentException(tokens.length + " tokens for " + targets.length + " rows");
        }
        for (int row = 0; row < tokens.length; row++) {
            targets[row] = Arrays.copyOf(targets[row], targets[row].length + 1);
            targets[row][targets[row].length - 1] = tokens[row];
        }
        return generator.again(sources, targets);
    }

    @Override
    public void select(int[] rows) {
        generator.select(rows);
        sources = Arrays.stream(rows).mapToObj(row -> sources[row]).toArray(int[][]::new);
        targets = Arrays.stream(rows).mapToObj(row -> targets[row].clone()).toArray(int[][]::new);
    }

    @Override
    public void rewind(int tokens) {
        for (int row = 0; row < targets.length; row++) {
            if (tokens < 0 || tokens > targets[row].length) {
                throw new IllegalArgumentException("cannot take back " + tokens + " of " + targets[row].length + " tokens");
            }
            targets[row] = Arrays.copyOf(targets[row], targets[row].length - tokens);
        }
    }

    @Override
    public int rows() {
        return targets.length;
    }

    @Override
    public void close() {
        generator.close();
    }
}
