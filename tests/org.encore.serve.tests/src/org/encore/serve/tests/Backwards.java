package org.encore.serve.tests;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;

/**
 * A model that finds the source's letters, last first and then the end, likeliest: their score is 5, that of token t else t / 10. As a language model
 * it finds the letter after the last one likeliest, z followed by the end.
 *
 * @param language whether it goes on with a text
 * @param stepMillis that a step takes
 * @param damaged whether its scores are no numbers
 * @param open generators that are in use
 */
record Backwards(boolean language, long stepMillis, boolean damaged, AtomicInteger open) implements LoadedModel {

    private static final int VOCABULARY = new Letters().size();

    static Backwards source() {
        return new Backwards(false, 0, false, new AtomicInteger());
    }

    /** Score of a token where another one is the right one. */
    static float score(int token, int right) {
        return token == right ? 5 : token / 10f;
    }

    /** Natural logarithm of the probability of a token where another one is the right one. */
    static double logProbability(int token, int right) {
        return score(token, right) - Math.log(IntStream.range(0, VOCABULARY).mapToDouble(t -> Math.exp(score(t, right))).sum());
    }

    @Override
    public Generator generator(int rows, int tokens) {
        open.incrementAndGet();
        return new Generator() {

            private final List<int[]> given = new ArrayList<>();
            private final List<List<Integer>> after = new ArrayList<>();

            @Override
            public Logits start(int[][] sources) {
                given.addAll(List.of(sources));
                for (int[] source : sources) {
                    after.add(new ArrayList<>());
                    if (language) {
                        Arrays.stream(source).forEach(after.getLast()::add);
                        after.getLast().add(Letters.START);
                    }
                }
                return logits();
            }

            private Logits logits() {
                sleep();
                FloatBuffer values = FloatBuffer.allocate(given.size() * VOCABULARY);
                for (int row = 0; row < given.size(); row++) {
                    int right = right(row);
                    for (int token = 0; token < VOCABULARY; token++) {
                        values.put(row * VOCABULARY + token, damaged ? Float.NaN : score(token, right));
                    }
                }
                return new Logits(given.size(), VOCABULARY, values);
            }

            private int right(int row) {
                int[] source = given.get(row);
                int written = after.get(row).size();
                if (language) {
                    int last = after.get(row).getLast();
                    return last == Letters.START ? Letters.id('a') : last == Letters.id('z') ? Letters.END : last + 1;
                }
                return written < source.length ? source[source.length - 1 - written] : Letters.END;
            }

            private void sleep() {
                try {
                    Thread.sleep(stepMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public Logits next(int[] chosen) {
                for (int row = 0; row < chosen.length; row++) {
                    after.get(row).add(chosen[row]);
                }
                return logits();
            }

            @Override
            public void select(int[] kept) {
                List<int[]> sources = Arrays.stream(kept).mapToObj(given::get).toList();
                List<List<Integer>> targets = Arrays.stream(kept).mapToObj(row -> (List<Integer>) new ArrayList<>(after.get(row))).toList();
                given.clear();
                given.addAll(sources);
                after.clear();
                after.addAll(targets);
            }

            @Override
            public void rewind(int count) {
                after.forEach(row -> row.subList(row.size() - count, row.size()).clear());
            }

            @Override
            public int rows() {
                return given.size();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Override
    public long weightBytes() {
        return 0;
    }

    @Override
    public long stateBytes(int rows, int tokens) {
        return 0;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
