package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.encore.api.inference.Decoding.Limits;
import org.encore.tasks.decoding.Beam;
import org.encore.tasks.decoding.Greedy;
import org.junit.jupiter.api.Test;

@SuppressWarnings("resource") // a Markov model holds nothing that must be given back
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
    void aBeamOfOneIsGreedyWhateverThePenalty() {
        for (double penalty : new double[] {0, 0.6, 1}) {
            for (long seed = 0; seed < 200; seed++) {
                var greedy = new Greedy().decode(new Greedy.Options(), new Markov(VOCABULARY, seed), SOURCES, LIMITS);
                var beam = new Beam().decode(new Beam.Options(1, penalty), new Markov(VOCABULARY, seed), SOURCES, LIMITS);
                assertThat(text(beam)).as("seed %d, penalty %s", seed, penalty).isEqualTo(text(greedy));
            }
        }
    }

    @Test
    void aBeamSearchesForEachSourceAsIfItWereAlone() {
        for (long seed = 0; seed < 50; seed++) {
            var together = text(new Beam().decode(new Beam.Options(3, 1), new Markov(VOCABULARY, seed), SOURCES, LIMITS));
            for (int i = 0; i < SOURCES.length; i++) {
                var alone = text(new Beam().decode(new Beam.Options(3, 1), new Markov(VOCABULARY, seed), new int[][] {SOURCES[i]}, LIMITS));
                assertThat(alone).containsExactly(together.get(i));
            }
        }
    }

    @Test
    void amongEquallyLikelyTokensTheLowestIsChosen() {
        var limits = new Limits(VOCABULARY - 1, LONGEST);
        assertThat(text(new Greedy().decode(new Greedy.Options(), Markov.undecided(VOCABULARY), SOURCES, limits))).containsOnly("[0, 0, 0, 0]");
        assertThat(text(new Beam().decode(new Beam.Options(3, 0), Markov.undecided(VOCABULARY), SOURCES, limits))).containsOnly("[0, 0, 0, 0]");
    }

    @Test
    void sourcesThatAreDoneLeaveTheGenerator() {
        int dropped = 0;
        for (long seed = 0; seed < 50; seed++) {
            var greedy = new Markov(VOCABULARY, seed);
            var outputs = new Greedy().decode(new Greedy.Options(), greedy, SOURCES, LIMITS);
            for (int step = 0; step < greedy.rowsByStep().size(); step++) {
                int done = step;
                // a source whose output has fewer tokens than there were steps has ended
                assertThat(greedy.rowsByStep().get(step)).isEqualTo((int) outputs.stream().filter(o -> o.length >= done).count());
            }
            var beam = new Markov(VOCABULARY, seed);
            new Beam().decode(new Beam.Options(2, 1), beam, SOURCES, LIMITS);
            // an end takes no place from the unfinished: every source that goes on has its two rows
            assertThat(beam.rowsByStep().stream().skip(1)).allMatch(rows -> rows > 0 && rows <= 2 * SOURCES.length && rows % 2 == 0);
            dropped += beam.rowsByStep().getLast() < 2 * SOURCES.length ? 1 : 0;
        }
        assertThat(dropped).isPositive();
    }

    @Test
    void optionsThatMakeNoSearchAreRefused() {
        assertThatThrownBy(() -> new Beam.Options(0, 1)).hasMessageContaining("beam width 0: give 1 to 256");
        assertThatThrownBy(() -> new Beam.Options(4, Double.NaN)).hasMessageContaining("lengthPenalty NaN");
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

    /** The definition, step by step: all continuations sorted, ends among the first {@code width} finished, the first unfinished ones go on. */
    @Test
    void aBeamDoesWhatItsDefinitionSays() {
        for (int width : new int[] {1, 2, 3, 5}) {
            for (double penalty : new double[] {0, 1}) {
                for (long seed = 0; seed < 300; seed++) {
                    var found = new Beam().decode(new Beam.Options(width, penalty), new Markov(VOCABULARY, seed), SOURCES, LIMITS);
                    for (int i = 0; i < SOURCES.length; i++) {
                        var best = new Best(new Markov(VOCABULARY, seed), Arrays.hashCode(SOURCES[i]), penalty);
                        assertThat(found.get(i)).as("width %d, penalty %s, seed %d", width, penalty, seed).isEqualTo(best.beam(width));
                    }
                }
            }
        }
    }

    /** Tries every output, or searches without any shortcut. */
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

        private record Scored(int[] tokens, double logProbability) {
            boolean ended() {
                return tokens[tokens.length - 1] == END;
            }
        }

        int[] beam(int width) {
            List<Scored> open = List.of(new Scored(new int[0], 0));
            var finished = new ArrayList<Scored>();
            for (int length = 1; length <= LONGEST && finished.size() < width; length++) {
                var all = new ArrayList<Scored>();
                for (Scored before : open) {
                    double[] next = logProbabilities(before.tokens);
                    for (int token = 0; token < VOCABULARY; token++) {
                        int[] longer = Arrays.copyOf(before.tokens, before.tokens.length + 1);
                        longer[before.tokens.length] = token;
                        all.add(new Scored(longer, before.logProbability + next[token]));
                    }
                }
                all.sort(Comparator.comparingDouble(s -> -s.logProbability));
                all.stream().limit(width).filter(Scored::ended).forEach(finished::add);
                open = all.stream().filter(s -> !s.ended()).limit(width).toList();
            }
            if (finished.size() < width) {
                finished.add(open.getFirst());   // cut at the longest length
            }
            Scored best = finished.stream().max(Comparator.comparingDouble(s -> s.logProbability / Math.pow(s.tokens.length, penalty))).orElseThrow();
            return best.ended() ? Arrays.copyOf(best.tokens, best.tokens.length - 1) : best.tokens;
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
