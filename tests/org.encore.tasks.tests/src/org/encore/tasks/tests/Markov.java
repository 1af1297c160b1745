package org.encore.tasks.tests;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/** A real small model: the next token's scores depend on the source, the position and the last two tokens. */
final class Markov implements Generator {

    private final int vocabulary;
    private final long seed;
    private final double spread;
    private final List<Integer> rowsByStep = new ArrayList<>();
    private int[][] rows = new int[0][];

    Markov(int vocabulary, long seed) {
        this(vocabulary, seed, 2);
    }

    private Markov(int vocabulary, long seed, double spread) {
        this.vocabulary = vocabulary;
        this.seed = seed;
        this.spread = spread;
    }

    /** All tokens are equally likely, always. */
    static Markov undecided(int vocabulary) {
        return new Markov(vocabulary, 0, 0);
    }

    /** How many rows it computed at each step, the first one at the start. */
    List<Integer> rowsByStep() {
        return rowsByStep;
    }

    /** Scores after a history: source first, then tokens. */
    float[] scores(int... history) {
        long state = seed;
        int from = Math.max(1, history.length - 2);
        state = state * 31 + history[0];
        state = state * 31 + history.length;
        for (int i = from; i < history.length; i++) {
            state = state * 1_000_003 + history[i];
        }
        var random = new Random(state);
        var scores = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            scores[i] = (float) (spread * random.nextGaussian());
        }
        return scores;
    }

    @Override
    public Logits start(int[][] sources) {
        rows = Arrays.stream(sources).map(s -> new int[] {Arrays.hashCode(s)}).toArray(int[][]::new);
        return logits();
    }

    @Override
    public Logits next(int[] tokens) {
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOf(rows[row], rows[row].length + 1);
            rows[row][rows[row].length - 1] = tokens[row];
        }
        return logits();
    }

    private Logits logits() {
        rowsByStep.add(rows.length);
        FloatBuffer values = FloatBuffer.allocate(rows.length * vocabulary);
        Arrays.stream(rows).forEach(row -> values.put(scores(row)));
        return new Logits(rows.length, vocabulary, values);
    }

    @Override
    public void select(int[] chosen) {
        int[][] before = rows;
        rows = Arrays.stream(chosen).mapToObj(row -> before[row].clone()).toArray(int[][]::new);
    }

    @Override
    public void rewind(int tokens) {
        rows = Arrays.stream(rows).map(row -> Arrays.copyOf(row, row.length - tokens)).toArray(int[][]::new);
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public void close() {
        rows = new int[0][];
    }
}
