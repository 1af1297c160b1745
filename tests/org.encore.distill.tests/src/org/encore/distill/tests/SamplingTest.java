package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.training.Guidance;
import org.encore.distill.Episode;
import org.encore.distill.Sampling;
import org.junit.jupiter.api.Test;

/** Sequences that are drawn from a model whose distributions are known. */
class SamplingTest {

    private static final int END = 0;
    /** End, and three letters. */
    private static final double[] PROBABILITIES = {0.25, 0.4, 0.3, 0.05};

    /** Says the same at every position, whatever it has read. */
    private static final class Fixed implements Generator {

        private int rows;

        @Override
        public Logits start(int[][] sources) {
            rows = sources.length;
            return logits();
        }

        private Logits logits() {
            var values = new float[rows * PROBABILITIES.length];
            IntStream.range(0, values.length).forEach(i -> values[i] = (float) Math.log(PROBABILITIES[i % PROBABILITIES.length]) + 5);
            return new Logits(rows, PROBABILITIES.length, FloatBuffer.wrap(values));
        }

        @Override
        public Logits next(int[] tokens) {
            assertThat(tokens).as("one token for each row that goes on").hasSize(rows).doesNotContain(END);
            return logits();
        }

        @Override
        public void select(int[] chosen) {
            rows = chosen.length;
        }

        @Override
        public void rewind(int tokens) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public void close() {
            // nothing to free
        }
    }

    private static List<int[]> draw(Sampling sampling, long... seeds) {
        return sampling.draw(new Fixed(), Arrays.stream(seeds).mapToObj(seed -> new int[] {1}).toArray(int[][]::new), seeds);
    }

    private static double[] shares(Sampling sampling) {
        var counts = new double[PROBABILITIES.length];
        for (int[] output : draw(sampling, LongStream.range(0, 20_000).toArray())) {
            counts[output.length == 0 ? END : output[0]]++;
        }
        return Arrays.stream(counts).map(count -> count / 20_000).toArray();
    }

    @Test
    void firstTokensHaveTheModelsDistributionAtTheTemperatureOfDrawing() {
        // 20,000 draws: a standard deviation of at most 0.0035
        assertThat(shares(new Sampling(1, 0, END, 8))).containsExactly(PROBABILITIES, within(0.015));
        double sum = Arrays.stream(PROBABILITIES).map(p -> p * p).sum();
        assertThat(shares(new Sampling(0.5, 0, END, 8))).containsExactly(Arrays.stream(PROBABILITIES).map(p -> p * p / sum).toArray(), within(0.015));
        assertThat(shares(new Sampling(1, 2, END, 8))).as("the two likeliest alone").containsExactly(new double[] {0, 4 / 7.0, 3 / 7.0, 0}, within(0.015));
    }

    @Test
    void whatARowSaysDoesNotDependOnTheRowsBesideIt() {
        var sampling = new Sampling(1, 0, END, 30);
        List<int[]> together = draw(sampling, 5, 6, 7, 8);
        assertThat(draw(sampling, 7).getFirst()).isEqualTo(together.get(2));
        assertThat(draw(sampling, 8, 5)).containsExactly(together.get(3), together.get(0));
        assertThat(together.stream().map(Arrays::toString).distinct().count()).isGreaterThan(1);
    }

    @Test
    void anOutputThatDoesNotEndIsCutOff() {
        assertThat(draw(new Sampling(1, 1, END, 3), 1, 2)).containsExactly(new int[] {1, 1, 1}, new int[] {1, 1, 1});
    }

    @Test
    void settingsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new Sampling(0, 0, END, 3)).hasMessage("temperature 0.0, topK 0, maxTokens 3: give a temperature above 0 and at most 100, "
                + "topK of 0 or more, maxTokens of at least 1");
    }

    private static Episode episode(int pair, int... output) {
        int positions = output.length + 1;
        var logs = new float[2 * positions];
        var tail = new float[positions];
        IntStream.range(0, logs.length).forEach(i -> logs[i] = (float) -Math.sqrt(pair + i + 2));
        IntStream.range(0, positions).forEach(i -> tail[i] = 1f / (i + 3));
        return new Episode(pair, output, new Guidance.Top(2, LongStream.range(0, 2L * positions).map(i -> i % 7 + 60_000).toArray(), logs, tail));
    }

    @Test
    void episodesComeBackFromACheckpointBitForBit() {
        var episodes = new ArrayList<>(List.of(episode(70_001, 3, 4, 65_000), episode(0), episode(5, 1)));
        float[] numbers = Episode.numbers(episodes);
        List<Episode> read = Episode.read(numbers);
        assertThat(Episode.numbers(read)).isEqualTo(numbers);
        assertThat(read.getFirst().pair()).isEqualTo(70_001);
        assertThat(read.getFirst().output()).containsExactly(3, 4, 65_000);
        assertThat(read.get(1).said().tail()).hasSize(1);
        assertThatThrownBy(() -> Episode.read(Arrays.copyOf(numbers, numbers.length - 1))).hasMessage("what the student wrote before is cut off after 2 outputs");
    }

    @Test
    void inABatchEachRowHasWhatWasSaidOfItAndPaddingBehind() {
        Guidance.Top together = Episode.together(List.of(episode(1, 3), episode(2, 3, 4, 5)), 4);
        assertThat(together.tail()).containsExactly(1f / 3, 1f / 4, 0, 0, 1f / 3, 1f / 4, 1f / 5, 1f / 6);
        assertThat(together.tokens()).hasSize(16).endsWith(60_006L, 60_000L);
        assertThat(together.logProbabilities()[2 * 4]).isEqualTo((float) -Math.sqrt(4));
    }
}
