package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

import org.encore.bench.statistics.BcaBootstrap;
import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.Interval;
import org.junit.jupiter.api.Test;

class BcaBootstrapTest {

    /** Errors in 100 units of reference, as phoneme error rate and the like are made. */
    private static final ToDoubleFunction<double[]> RATE = sums -> 100 * sums[0] / sums[1];

    private static Contributions corpus(String system) {
        double[] edits = Golden.values("corpus." + system);
        double[] length = Golden.values("corpus.length");
        var rows = new double[edits.length][];
        Arrays.setAll(rows, i -> new double[] {edits[i], length[i]});
        return Contributions.of(rows);
    }

    /**
     * Efron and Tibshirani 1993, table 14.1: a test of 26 children; their variance, and its 90 % BCa interval (table 14.2), of which 2000 resamples
     * move the ends by about 4.
     */
    @Test
    void thePublishedExampleHasThePublishedInterval() {
        double[] scores = {48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41};
        double[][] powers = Arrays.stream(scores).mapToObj(x -> new double[] {1, x, x * x}).toArray(double[][]::new);
        BcaBootstrap variance = BcaBootstrap.ofScore(Contributions.of(powers), s -> s[2] / s[0] - s[1] * s[1] / s[0] / s[0], 100_000, 1);
        assertThat(variance.value()).isCloseTo(171.5, within(0.05));
        assertThat(variance.interval(0.90).low()).isCloseTo(115.8, within(4.0));
        assertThat(variance.interval(0.90).high()).isCloseTo(259.6, within(4.0));
    }

    @Test
    void givenResamplesHaveTheIntervalOfTheEquations() {
        double[] resampled = Golden.values("bca.resampled");
        double[] left = Golden.values("bca.left");
        for (int confidence : new int[] {90, 95}) {
            double[] expected = Golden.values("bca." + confidence);
            Interval interval = BcaBootstrap.of(expected[0], left.length, resampled, left).interval(confidence / 100.0);
            assertThat(interval.low()).isCloseTo(expected[1], within(1e-9));
            assertThat(interval.high()).isCloseTo(expected[2], within(1e-9));
        }
    }

    /** Two bootstraps with other random numbers agree to about a fiftieth of the interval. */
    @Test
    void aCorpusScoreHasTheIntervalOfScipy() {
        BcaBootstrap score = BcaBootstrap.ofScore(corpus("first"), RATE, BcaBootstrap.RESAMPLES, 1);
        agree(score, Golden.values("corpus.score"));
        assertThat(score.count()).isEqualTo(300);
    }

    @Test
    void theDifferenceOfTwoSystemsHasTheIntervalOfScipy() {
        agree(BcaBootstrap.ofDifference(corpus("first"), corpus("second"), RATE, BcaBootstrap.RESAMPLES, 1), Golden.values("corpus.difference"));
    }

    private static void agree(BcaBootstrap score, double[] expected) {
        double near = (expected[2] - expected[1]) / 50;
        assertThat(score.value()).isCloseTo(expected[0], within(1e-9));
        assertThat(score.interval(0.95).low()).isCloseTo(expected[1], within(near));
        assertThat(score.interval(0.95).high()).isCloseTo(expected[2], within(near));
    }

    @Test
    void equalSeedsResampleEquallyAndOthersDoNot() {
        Interval interval = BcaBootstrap.ofScore(corpus("first"), RATE, 200, 1).interval(0.95);
        assertThat(BcaBootstrap.ofScore(corpus("first"), RATE, 200, 1).interval(0.95)).isEqualTo(interval);
        assertThat(BcaBootstrap.ofScore(corpus("first"), RATE, 200, 2).interval(0.95)).isNotEqualTo(interval);
    }

    @Test
    void fewerThanTwentyExamplesHaveNoInterval() {
        var values = new double[20];
        Arrays.setAll(values, i -> i);
        assertThat(BcaBootstrap.ofMean(values, 500, 1).interval(0.95).bounded()).isTrue();
        BcaBootstrap fewer = BcaBootstrap.ofMean(Arrays.copyOf(values, 19), 500, 1);
        assertThat(fewer.value()).isEqualTo(9);
        assertThat(fewer.interval(0.95)).isEqualTo(Interval.none(0.95));
    }

    @Test
    void aScoreThatSomeResamplesDoNotHaveHasNoInterval() {
        var rows = new double[20][];
        Arrays.setAll(rows, i -> new double[] {i == 0 ? 1 : 0, i == 0 ? 1 : 0});   // one resample in three draws it never: 0 / 0
        BcaBootstrap score = BcaBootstrap.ofScore(Contributions.of(rows), RATE, 200, 1);
        assertThat(score.value()).isEqualTo(100);
        assertThat(score.interval(0.95).bounded()).isFalse();
    }

    @Test
    void modelsThatNeverDifferHaveAnIntervalOfNoWidth() {
        assertThat(BcaBootstrap.ofDifference(corpus("first"), corpus("first"), RATE, 100, 1).interval(0.95)).isEqualTo(new Interval(0, 0, 0.95));
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertThatThrownBy(() -> Contributions.of(new double[0][])).hasMessage("no examples");
        assertThatThrownBy(() -> Contributions.of(new double[][] {{1, 2}, {1}})).hasMessage("example 1 contributes 1 numbers, the first example 2");
        assertThatThrownBy(() -> BcaBootstrap.ofDifference(corpus("first"), Contributions.of(new double[][] {{1, 2}}), RATE, 100, 1))
                .hasMessage("300 and 1 values are no pairs");
    }
}
