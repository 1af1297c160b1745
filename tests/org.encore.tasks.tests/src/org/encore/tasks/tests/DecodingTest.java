package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Decoding.Limits;
import org.encore.tasks.decoding.Beam;
import org.encore.tasks.decoding.Greedy;
import org.junit.jupiter.api.Test;

class DecodingTest {

    private static final int END = 0;
    private static final int VOCABULARY = 4;
    private static final int LONGEST = 4;
    private static final Limits LIMITS = new Limits(END, LONGEST);
    private static final int[][] SOURCES = {{1, 2}, {3}, {2, 2, 1}};

    private static List<String> text(List<int[]> outputs) {
        return outputs.stream().map(Arrays::toString).toList();
    }

    @Test
    void greedyEqualsABeamOfOneWithoutPenalty() {
        for (long seed = 0; seed < 50; seed++) {
            var greedy = new Greedy().decode(new Greedy.Options(), new Markov(VOCABULARY, seed), SOURCES, LIMITS);
            // a beam may prefer an earlier end, so only the choice of tokens along the way is compared
            var longest = new Greedy().decode(new Greedy.Options(), new Markov(VOCABULARY, seed), SOURCES, new Limits(-1, LONGEST));
            for (int i = 0; i < SOURCES.length; i++) {
                assertThat(Arrays.copyOf(longest.get(i), greedy.get(i).length)).isEqualTo(greedy.get(i));
            }
        }
    }

    @Test
    void rowsThatEndEarlyLeaveTheOthersAlone() {
        for (long seed = 0; seed < 50; seed++) {
            var together = text(new Greedy().decode(new Greedy.Options(), new Markov(VOCABULARY, seed), SOURCES, LIMITS));
            for (int i = 0; i < SOURCES.length; i++) {
                var alone = text(new Greedy().decode(new Greedy.Options(), new Markov(VOCABULARY, seed), new int[][] {SOURCES[i]}, LIMITS));
                assertThat(alone).containsExactly(together.get(i));
            }
        }
    }

    /** A beam as wide as there are outputs finds the best of all outputs. */
    @Test
    void aBeamThatKeepsEverythingFindsTheBestOfAllOutputs() {
        for (double penalty : new double[] {0, 1}) {
            for (long seed = 0; seed < 20; seed++) {
                var model = new Markov(VOCABULARY, seed);
                var found = new Beam().decode(new Beam.Options(256, penalty), new Markov(VOCABULARY, seed), SOURCES, LIMITS);
                for (int i = 0; i < SOURCES.length; i++) {
                    var best = new Best(model, Arrays.hashCode(SOURCES[i]), penalty);
                    best.search(new int[0], 0);
                    assertThat(best.score(found.get(i))).as("seed %d", seed).isEqualTo(best.bestScore);
                }
            }
        }
    }

    /** Tries every output. */
    private static final class Best {
        private final Markov model;
        private final int source;
        private final double penalty;
        double bestScore = Double.NEGATIVE_INFINITY;

        Best(Markov model, int source, double penalty) {
            this.model = model;
            this.source = source;
            this.penalty = penalty;
        }

        private double[] logProbabilities(int[] tokens) {
            var history = new int[tokens.length + 1];
            history[0] = source;
            System.arraycopy(tokens, 0, history, 1, tokens.length);
            float[] scores = model.scores(history);
            double max = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                max = Math.max(max, score);
            }
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score - max);
            }
            var result = new double[scores.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = scores[i] - (max + Math.log(sum));
            }
            return result;
        }

        void search(int[] tokens, double logProbability) {
            if (tokens.length == LONGEST) {
                bestScore = Math.max(bestScore, logProbability / Math.pow(tokens.length, penalty));
                return;
            }
            double[] next = logProbabilities(tokens);
            bestScore = Math.max(bestScore, (logProbability + next[END]) / Math.pow(tokens.length + 1, penalty));
            for (int token = 0; token < VOCABULARY; token++) {
                if (token != END) {
                    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
                    longer[tokens.length] = token;
                    search(longer, logProbability + next[token]);
                }
            }
        }

        double score(int[] tokens) {
            double logProbability = 0;
            for (int i = 0; i < tokens.length; i++) {
                logProbability += logProbabilities(Arrays.copyOf(tokens, i))[tokens[i]];
            }
            return tokens.length == LONGEST ? logProbability / Math.pow(LONGEST, penalty)
                    : (logProbability + logProbabilities(tokens)[END]) / Math.pow(tokens.length + 1, penalty);
        }
    }
}
