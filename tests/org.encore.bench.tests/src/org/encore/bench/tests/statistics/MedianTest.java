package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.Median;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(new double[] {3, 1, 2}).value()).isEqualTo(2);
        assertThat(Median.of(new double[] {4, 1, 2, 3}).value()).isEqualTo(2.5);
        assertThatThrownBy(() -> Median.of(new double[0])).hasMessage("no values have no median");
    }

    @Test
    void intervalsAreThoseOfTheDefinition() {
        for (int n : new int[] {6, 7, 8, 11, 20, 60, 1100}) {
            Median median = Median.of(Golden.values("median." + n + ".values"));
            for (int confidence : new int[] {90, 95}) {
                double[] expected = Golden.values("median." + n + "." + confidence);
                Interval interval = median.interval(confidence / 100.0);
                assertThat(median.value()).isCloseTo(expected[0], within(1e-12));
                assertThat(interval.low()).as("n = %d, %d %%", n, confidence).isCloseTo(expected[1], within(1e-9));
                assertThat(interval.high()).isCloseTo(expected[2], within(1e-9));
            }
        }
    }

    /** Published ranks of the exact interval, the first that has 95 % and the next that has less: interpolation ends between them. */
    @Test
    void theIntervalLiesBetweenPublishedRanks() {
        for (int[] row : new int[][] {{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {40, 14, 27}, {1000, 469, 532}, {20_000, 9861, 10_140}}) {
            Interval interval = Median.of(IntStream.rangeClosed(1, row[0]).asDoubleStream().toArray()).interval(0.95);
            assertThat(interval.low()).as("n = %d", row[0]).isBetween((double) row[1], row[1] + 1.0);
            assertThat(interval.high()).as("n = %d", row[0]).isBetween(row[2] - 1.0, (double) row[2]);
        }
    }

    @Test
    void fiveValuesHaveNoIntervalOf95Percent() {
        Median median = Median.of(new double[] {1, 2, 3, 4, 5});
        assertThat(median.interval(0.95).bounded()).isFalse();
        assertThat(median.interval(0.90).bounded()).isTrue();
        assertThat(Median.of(new double[] {7}).interval(0.5).bounded()).isFalse();
    }

    @Test
    void oneOutlierMovesAnEndAtMostToItsNeighbour() {
        double[] quiet = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        double[] disturbed = {10, 11, 12, 13, 14, 15, 16, 17, 18, 1900};
        assertThat(Median.of(disturbed).interval(0.95)).isEqualTo(Median.of(quiet).interval(0.95));
    }
}
