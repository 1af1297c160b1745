package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.Ratio;
import org.encore.bench.statistics.StudentMean;
import org.encore.bench.statistics.Uncertain;
import org.encore.bench.statistics.Verdict;
import org.encore.bench.statistics.Verdict.Better;
import org.encore.bench.statistics.Verdict.Equivalent;
import org.encore.bench.statistics.Verdict.Inconclusive;
import org.encore.bench.statistics.Verdict.Worse;
import org.junit.jupiter.api.Test;

class VerdictTest {

    /** With a 95 % interval of so much to both sides, and a 90 % interval of five sixths of that. */
    private record Known(double value, double half) implements Uncertain {

        @Override
        public int count() {
            return 8;
        }

        @Override
        public Interval interval(double confidence) {
            double width = confidence == CONFIDENCE ? half : half * 5 / 6;
            return new Interval(value - width, value + width, confidence);
        }
    }

    @Test
    void aDifferenceThatIsSeenIsBetterOrWorse() {
        assertThat(Verdict.of(new Known(-3, 1), 1, true)).isInstanceOf(Better.class);
        assertThat(Verdict.of(new Known(-3, 1), 1, false)).isInstanceOf(Worse.class);
        assertThat(Verdict.of(new Known(3, 1), 1, true)).isInstanceOf(Worse.class);
        assertThat(Verdict.of(new Known(3, 1), 1, false)).isInstanceOf(Better.class);
        assertThat(Verdict.of(new Known(3, 1), 0, false)).as("no margin").isInstanceOf(Better.class);
    }

    @Test
    void aDifferenceThatIsNotSeenIsEquivalentOnlyWithinTheMargin() {
        assertThat(Verdict.of(new Known(0.1, 0.6), 1, true)).isInstanceOfSatisfying(Equivalent.class, e -> assertThat(e.differs()).isFalse());
        assertThat(Verdict.of(new Known(0.1, 1.2), 1, true)).isInstanceOf(Inconclusive.class);
        assertThat(Verdict.of(new Known(0.1, 0.6), 0, true)).as("no margin").isInstanceOf(Inconclusive.class);
    }

    @Test
    void aDifferenceThatIsSeenAndSmallerThanTheMarginIsEquivalentThoughDifferent() {
        assertThat(Verdict.of(new Known(0.4, 0.3), 1, true)).isInstanceOfSatisfying(Equivalent.class, e -> assertThat(e.differs()).isTrue());
    }

    @Test
    void theVerdictCarriesWhatItRestsOn() {
        Verdict verdict = Verdict.of(new Known(0.1, 0.6), 1, true);
        assertThat(verdict.difference().count()).isEqualTo(8);
        assertThat(verdict.difference().interval()).isEqualTo(new Interval(-0.5, 0.7, 0.95));
        assertThat(verdict.equivalence()).isEqualTo(new Interval(-0.4, 0.6, 0.90));
        assertThat(verdict.margin()).isEqualTo(1);
    }

    @Test
    void equivalenceIsThatOfTwoOneSidedTestsOfScipy() {
        for (int n : new int[] {6, 8}) {
            StudentMean difference = StudentMean.of(Golden.values("tost." + n + ".differences"));
            for (double margin : new double[] {0.25, 0.5, 1.0}) {
                assertThat(Verdict.of(difference, margin, true) instanceof Equivalent).as("n = %d, margin %s", n, margin)
                        .isEqualTo(Golden.values("tost." + n + "." + margin)[0] < 0.05);
            }
        }
    }

    @Test
    void withTooFewValuesNothingIsSaid() {
        assertThat(Verdict.of(StudentMean.of(new double[] {-5}), 1, true)).isInstanceOf(Inconclusive.class);
        assertThat(Verdict.of(StudentMean.of(new double[] {0}), 1, true)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void aRatioIsJudgedByItsLogarithm() {
        double[] first = {1.30, 1.31, 1.32, 1.29, 1.30, 1.31};
        double[] ones = {1, 1, 1, 1, 1, 1};
        double fivePercent = Math.log(1.05);
        assertThat(Verdict.of(Ratio.ofPairs(first, ones).logs(), fivePercent, true)).isInstanceOf(Worse.class);
        assertThat(Verdict.of(Ratio.ofPairs(ones, first).logs(), fivePercent, true)).isInstanceOf(Better.class);
        assertThat(Verdict.of(Ratio.ofPairs(first, first).logs(), fivePercent, true)).isInstanceOf(Equivalent.class);
    }

    @Test
    void aMarginIsANumber() {
        assertThatThrownBy(() -> Verdict.of(new Known(0, 1), -1, true))
                .hasMessage("margin -1.0: give 0 for none, or the largest difference that does not matter");
    }
}
