package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.encore.bench.statistics.Holm;
import org.encore.bench.statistics.McNemarTest;
import org.junit.jupiter.api.Test;

class McNemarHolmTest {

    @Test
    void disagreementsHaveTheExactPOfScipy() {
        for (int[] counts : new int[][] {{10, 3}, {25, 25}, {0, 6}, {400, 470}}) {
            McNemarTest test = McNemarTest.of(counts[0], counts[1], 12_333);
            assertThat(test.p()).isCloseTo(Golden.values("mcnemar." + counts[0] + "." + counts[1])[0], within(1e-12));
        }
    }

    @Test
    void onlyDisagreementsCount() {
        boolean[] first = {true, true, true, false, false, true};
        boolean[] second = {true, false, false, false, true, true};
        assertThat(McNemarTest.of(first, second)).isEqualTo(McNemarTest.of(2, 1, 6));
        assertThat(McNemarTest.of(first, second).floor()).isEqualTo(0.25);
        McNemarTest same = McNemarTest.of(first, first);
        assertThat(same.p()).isEqualTo(1);
        assertThat(same.floor()).as("without disagreement nothing can be shown").isEqualTo(1);
        assertThatThrownBy(() -> McNemarTest.of(new boolean[2], new boolean[3])).hasMessage("2 and 3 values are no pairs");
        assertThatThrownBy(() -> McNemarTest.of(5, 6, 10)).hasMessage("5 and 6 disagreements in 10 examples");
    }

    /** By hand: 4 x 0.01, 3 x 0.02, then never less than that. */
    @Test
    void severalTestsAreAdjustedByHolm() {
        assertThat(Holm.adjust(0.03, 0.01, 0.04, 0.02)).containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-15));
        assertThat(Holm.adjust(0.9, 0.6)).containsExactly(1, 1);
        assertThat(Holm.adjust(0.03)).containsExactly(0.03);
        assertThat(Holm.adjust()).isEmpty();
        assertThatThrownBy(() -> Holm.adjust(0.5, 1.5)).hasMessage("p 1.5 of [0.5, 1.5] is no probability");
    }
}
