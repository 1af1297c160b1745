package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.StudentMean;
import org.junit.jupiter.api.Test;

class StudentMeanTest {

    /** Student 1908: hours of sleep gained by ten patients with two drugs; the interval is the one that R prints for its data set 'sleep'. */
    @Test
    void studentsOwnPairsHaveThePublishedInterval() {
        double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        Estimate difference = StudentMean.ofDifferences(first, second).estimate();
        assertThat(difference.value()).isCloseTo(-1.58, within(1e-12));
        assertThat(difference.low()).isCloseTo(-2.4598858, within(5e-8));
        assertThat(difference.high()).isCloseTo(-0.7001142, within(5e-8));
        assertThat(difference.count()).isEqualTo(10);
    }

    @Test
    void intervalsAreThoseOfScipyAtAnyConfidence() {
        for (int n : new int[] {2, 6, 8, 20}) {
            StudentMean difference = StudentMean.ofDifferences(Golden.values("t." + n + ".first"), Golden.values("t." + n + ".second"));
            for (int confidence : new int[] {90, 95, 99}) {
                double[] expected = Golden.values("t." + n + "." + confidence);
                Interval interval = difference.interval(confidence / 100.0);
                assertThat(difference.value()).isCloseTo(expected[0], within(1e-12));
                assertThat(interval.low()).as("n = %d, %d %%", n, confidence).isCloseTo(expected[1], within(1e-9));
                assertThat(interval.high()).isCloseTo(expected[2], within(1e-9));
                assertThat(interval.confidence()).isEqualTo(confidence / 100.0);
            }
        }
    }

    @Test
    void oneSeedHasNoInterval() {
        Estimate difference = StudentMean.ofDifferences(new double[] {22}, new double[] {21}).estimate();
        assertThat(difference.value()).isEqualTo(1);
        assertThat(difference.interval().bounded()).isFalse();
    }

    @Test
    void equalDifferencesLeaveNoDoubt() {
        assertThat(StudentMean.of(new double[] {3, 3, 3}).interval(0.95)).isEqualTo(new Interval(3, 3, 0.95));
    }

    @Test
    void whatHasNoMeanIsRefused() {
        assertThatThrownBy(() -> StudentMean.ofDifferences(new double[3], new double[2])).hasMessage("3 and 2 values are no pairs");
        assertThatThrownBy(() -> StudentMean.of(new double[0])).hasMessage("no values have no mean");
        assertThatThrownBy(() -> StudentMean.of(new double[] {1, Double.NaN, 2})).hasMessage("value 1 of 3 is NaN");
        assertThatThrownBy(() -> StudentMean.of(new double[] {1, 2}).interval(95))
                .hasMessage("confidence 95.0: give a share between 0 and 1, such as 0.95");
    }
}
