package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Ratio;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void aRatioIsOfPairs() {
        var slower = new double[10];
        var faster = new double[10];
        Arrays.setAll(slower, i -> 2 * Math.pow(10, i));
        Arrays.setAll(faster, i -> Math.pow(10, i));
        Estimate ratio = Ratio.ofPairs(slower, faster).estimate();
        assertThat(ratio.value()).isCloseTo(2, within(1e-12));
        assertThat(ratio.low()).isCloseTo(2, within(1e-12));
        assertThat(ratio.high()).isCloseTo(2, within(1e-12));
        assertThat(ratio.count()).isEqualTo(10);
    }

    @Test
    void theOtherWayRoundARatioIsTurnedOver() {
        var random = new Random(3);
        double[] a = random.doubles(31, 1, 3).toArray();
        double[] b = random.doubles(31, 1, 2).toArray();
        Estimate there = Ratio.ofPairs(a, b).estimate();
        Estimate back = Ratio.ofPairs(b, a).estimate();
        assertThat(back.value()).isCloseTo(1 / there.value(), within(1e-12));
        assertThat(back.low()).isCloseTo(1 / there.high(), within(1e-12));
    }

    @Test
    void fewerThanSixPairsHaveNoInterval() {
        Estimate ratio = Ratio.ofPairs(new double[] {2, 4, 6}, new double[] {1, 2, 3}).estimate();
        assertThat(ratio.value()).isCloseTo(2, within(1e-12));
        assertThat(ratio.low()).isZero();
        assertThat(ratio.high()).isInfinite();
    }

    @Test
    void whatHasNoRatioIsRefused() {
        assertThatThrownBy(() -> Ratio.ofPairs(new double[1], new double[2])).hasMessage("1 and 2 values are no pairs");
        assertThatThrownBy(() -> Ratio.ofPairs(new double[] {1, 0}, new double[] {1, 1}))
                .hasMessage("pair 1 is 0.0 and 1.0: only positive values have a ratio");
    }
}
