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
        for (int[] row : new int[][] {{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {40, 14, 27}}) {
            Estimate estimate = Statistics.ofMedian(IntStream.rangeClosed(1, row[0]).asDoubleStream().toArray());
            assertThat(estimate.low()).as("n = %d", row[0]).isEqualTo(row[1]);
            assertThat(estimate.high()).as("n = %d", row[0]).isEqualTo(row[2]);
        }
    }

    @Test
    void tooFewValuesHaveNoInterval() {
        assertThat(Statistics.ofMedian(new double[] {1, 2, 3, 4, 5}).high()).isInfinite();
    }

    /** Skewed values with outliers, as latencies are: the intervals still hold the truth as often as they say. */
    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        var random = new Random(11);
        int medians = 0;
        int ratios = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            var a = new double[40];
            var b = new double[40];
            for (int i = 0; i < a.length; i++) {
                double machine = Math.exp(0.3 * random.nextGaussian());
                a[i] = 2 * machine * Math.exp(0.1 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1);
                b[i] = machine * Math.exp(0.1 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1);
            }
            Estimate ratio = Statistics.ofRatio(a, b, run);
            ratios += ratio.low() <= 2 && 2 <= ratio.high() ? 1 : 0;
            var plain = new double[40];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = Math.exp(random.nextGaussian());
            }
            Estimate median = Statistics.ofMedian(plain);
            medians += median.low() <= 1 && 1 <= median.high() ? 1 : 0;
        }
        assertThat((double) ratios / runs).isBetween(0.90, 0.99);
        assertThat((double) medians / runs).isBetween(0.92, 1.0);
    }

    @Test
    void aRatioIsOfPairs() {
        Estimate ratio = Statistics.ofRatio(new double[] {2, 20, 200, 2000}, new double[] {1, 10, 100, 1000}, 1);
        assertThat(ratio.median()).isCloseTo(2, within(1e-12));
        assertThat(ratio.low()).isCloseTo(2, within(1e-12));
        assertThatThrownBy(() -> Statistics.ofRatio(new double[1], new double[2], 1)).hasMessageContaining("no pairs");
    }
}
