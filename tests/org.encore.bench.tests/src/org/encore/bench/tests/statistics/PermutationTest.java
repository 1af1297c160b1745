package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import org.encore.bench.statistics.SignFlipTest;
import org.junit.jupiter.api.Test;

class PermutationTest {

    /** Darwin's fifteen pairs of maize, in eighths of an inch; Fisher 1935, section 21: 1726 of 32,768 assignments are as far from zero. */
    @Test
    void fishersExampleHasFishersP() {
        double[] maize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
        SignFlipTest test = SignFlipTest.of(maize, 1);
        assertThat(test.p()).isEqualTo(1726 / 32_768.0);
        assertThat(test.meanDifference()).isEqualTo(314 / 15.0);
        assertThat(test.exact()).isTrue();
    }

    @Test
    void smallSamplesHaveTheExactPOfScipy() {
        for (int n : new int[] {5, 6, 8, 13}) {
            assertThat(SignFlipTest.of(Golden.values("flip." + n + ".differences"), 1).p()).as("n = %d", n)
                    .isCloseTo(Golden.values("flip." + n + ".p")[0], within(1e-12));
        }
    }

    @Test
    void fivePairsNeverReachFivePercentAndSixDo() {
        SignFlipTest five = SignFlipTest.of(new double[] {9, 9, 9, 9, 9}, 1);
        assertThat(five.p()).isEqualTo(five.floor()).isEqualTo(0.0625);
        SignFlipTest six = SignFlipTest.of(new double[] {9, 9, 9, 9, 9, 9}, 1);
        assertThat(six.p()).isEqualTo(six.floor()).isEqualTo(0.03125);
    }

    /** 0.3 - 0.1 - 0.2 is not quite zero in binary. */
    @Test
    void roundingDoesNotDecide() {
        assertThat(SignFlipTest.of(new double[] {0.1, 0.2, -0.3}, 1).p()).isEqualTo(1);
        assertThat(SignFlipTest.of(new double[] {0, 0, 0}, 1).p()).isEqualTo(1);
    }

    /** 21 equal differences: 2 assignments of 2^21 are as far, so of 100,000 hardly one is drawn. */
    @Test
    void manyPairsAreDrawnAndNeverHaveAPOfZero() {
        var equal = new double[21];
        Arrays.fill(equal, 1);
        SignFlipTest test = SignFlipTest.of(equal, 1);
        assertThat(test.exact()).isFalse();
        assertThat(test.floor()).isEqualTo(1e-5);
        assertThat(test.p()).isBetween(1e-5, 5e-5);
        assertThat(SignFlipTest.of(equal, 1)).isEqualTo(test);
    }

    /** Twenty pairs are counted; with one more that does not differ they are drawn, and have the same p: within four standard errors. */
    @Test
    void drawingAgreesWithCounting() {
        var counted = new double[20];
        Arrays.setAll(counted, i -> Math.sin(i) + 0.25);
        double exact = SignFlipTest.of(counted, 1).p();
        double drawn = SignFlipTest.of(Arrays.copyOf(counted, 21), 1).p();
        assertThat(exact).isBetween(0.05, 0.5);
        assertThat(drawn).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / SignFlipTest.DRAWS)));
    }

    @Test
    void differencesAreOfPairs() {
        assertThat(SignFlipTest.ofDifferences(new double[] {2, 3}, new double[] {1, 1}, 1)).isEqualTo(SignFlipTest.of(new double[] {1, 2}, 1));
        assertThatThrownBy(() -> SignFlipTest.of(new double[0], 1)).hasMessage("no differences to test");
    }
}
