package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;

import org.encore.bench.Estimate;
import org.encore.bench.Statistics;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void medians() {
        assertThat(Statistics.median(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Statistics.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
        assertThat(Statistics.median(new double[0])).isNaN();
    }

    /** Ranks of the published tables for the median's 95 % interval: n = 10: 2nd and 9th, n = 20: 6th and 15th, n = 40: 14th and 27th. */
    @Test
    void theIntervalOfAMedianHasThePublishedRanks() {
        for (int[] row : new int[][] {{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {40, 14, 27}, {1000, 469, 532}, {20_000, 9861, 10_140}}) {
            Estimate estimate = Statistics.ofMedian(IntStream.rangeClosed(1, row[0]).asDoubleStream().toArray());
            assertThat(estimate.low()).as("n = %d", row[0]).isEqualTo(row[1]);
            assertThat(estimate.high()).as("n = %d", row[0]).isEqualTo(row[2]);
        }
    }

    @Test
    void tooFewValuesHaveNoInterval() {
        assertThat(Statistics.ofMedian(new double[] {1, 2, 3, 4, 5}).high()).isInfinite();
    }

    /** Skewed values with outliers, as latencies are: the intervals hold the truth about as often as they say, also where values are few. */
    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        for (int count : new int[] {8, 10, 40}) {
            var random = new Random(11);
            int medians = 0;
            int ratios = 0;
            int runs = 300;
            for (int run = 0; run < runs; run++) {
                var a = new double[count];
                var b = new double[count];
                var plain = new double[count];
                for (int i = 0; i < count; i++) {
                    double machine = Math.exp(0.3 * random.nextGaussian());
                    a[i] = 2 * machine * disturbed(random);
                    b[i] = machine * disturbed(random);
                    plain[i] = Math.exp(random.nextGaussian());
                }
                ratios += holds(Statistics.ofRatio(a, b, run), 2) ? 1 : 0;
                medians += holds(Statistics.ofMedian(plain), 1) ? 1 : 0;
            }
            assertThat((double) ratios / runs).as("ratios of %d pairs", count).isBetween(0.90, 0.99);
            assertThat((double) medians / runs).as("medians of %d", count).isBetween(0.93, 1.0);
        }
    }

    private static double disturbed(Random random) {
        return Math.exp(0.1 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1);
    }

    private static boolean holds(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }

    @Test
    void aRatioIsOfPairs() {
        var slower = new double[10];
        var faster = new double[10];
        java.util.Arrays.setAll(slower, i -> 2 * Math.pow(10, i));
        java.util.Arrays.setAll(faster, i -> Math.pow(10, i));
        Estimate ratio = Statistics.ofRatio(slower, faster, 1);
        assertThat(ratio.median()).isCloseTo(2, within(1e-12));
        assertThat(ratio.low()).isCloseTo(2, within(1e-12));
        assertThat(ratio.high()).isCloseTo(2, within(1e-12));
        assertThatThrownBy(() -> Statistics.ofRatio(new double[1], new double[2], 1)).hasMessageContaining("no pairs");
    }

    @Test
    void theOtherWayRoundARatioIsTurnedOver() {
        var random = new Random(3);
        double[] a = random.doubles(31, 1, 3).toArray();
        double[] b = random.doubles(31, 1, 2).toArray();
        Estimate there = Statistics.ofRatio(a, b, 5);
        Estimate back = Statistics.ofRatio(b, a, 5);
        assertThat(back.median()).isCloseTo(1 / there.median(), within(1e-12));
        assertThat(back.low()).isCloseTo(1 / there.high(), within(1e-12));
        assertThat(there).isEqualTo(Statistics.ofRatio(a, b, 5));
    }

    @Test
    void fewerThanEightPairsHaveNoInterval() {
        Estimate ratio = Statistics.ofRatio(new double[] {2, 4, 6}, new double[] {1, 2, 3}, 1);
        assertThat(ratio.median()).isCloseTo(2, within(1e-12));
        assertThat(ratio.low()).isZero();
        assertThat(ratio.high()).isInfinite();
        assertThat(ratio.count()).isEqualTo(3);
    }
}
