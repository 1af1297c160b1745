package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.encore.report.curve.Curve;
import org.encore.report.curve.Curve.Stretch;
import org.encore.report.curve.GrowingCurve;
import org.junit.jupiter.api.Test;

/** A curve knows what is between any two of its points, and says what a look at each of them says. */
class CurveTest {

    private static final int POINTS = 3_000;

    private final Random random = new Random(7);

    private GrowingCurve noisy(int points) {
        var curve = new GrowingCurve();
        for (int i = 0; i < points; i++) {
            curve.add(10L * i, random.nextGaussian());
        }
        return curve;
    }

    private static void assertPlain(Curve curve, int from, int to) {
        Stretch found = curve.between(from, to);
        double[] values = IntStream.range(from, to).mapToDouble(curve::value).toArray();
        assertThat(curve.value(found.lowest())).as("lowest of %d to %d", from, to).isEqualTo(java.util.Arrays.stream(values).min().orElseThrow());
        assertThat(curve.value(found.highest())).as("highest of %d to %d", from, to).isEqualTo(java.util.Arrays.stream(values).max().orElseThrow());
        assertThat(found.lowest()).isBetween(from, to - 1);
        assertThat(found.highest()).isBetween(from, to - 1);
        assertThat(found.mean()).as("mean of %d to %d", from, to).isCloseTo(java.util.Arrays.stream(values).average().orElseThrow(), within(1e-12));
    }

    @Test
    void everyStretchAmountsToWhatItsPointsAmountTo() {
        Curve curve = noisy(POINTS).now();
        assertPlain(curve, 0, POINTS);
        for (int i = 0; i < 2_000; i++) {
            int from = random.nextInt(POINTS);
            assertPlain(curve, from, from + 1 + random.nextInt(POINTS - from));
        }
    }

    @Test
    void whatWasHandedOutStaysAsItIsWhileTheCurveGrows() {
        GrowingCurve growing = noisy(999);
        Curve early = growing.now();
        Stretch before = early.between(0, 999);
        for (int i = 999; i < 5_000; i++) {
            growing.add(10L * i, 100 + i);
        }
        assertThat(early.size()).isEqualTo(999);
        assertThat(early.between(0, 999)).isEqualTo(before);
        assertThat(early.at(1e9)).as("beyond its end").isEqualTo(early.last());
        assertPlain(growing.now(), 17, 4_999);
    }

    @Test
    void whatIsNoNumberAndWhatGoesBackIsLeftOut() {
        var curve = new GrowingCurve();
        curve.add(10, 3);
        curve.add(20, Double.NaN);
        curve.add(30, Double.NEGATIVE_INFINITY);
        curve.add(10, 5);
        curve.add(5, 5);
        curve.add(40, 1);
        Curve now = curve.now();
        assertThat(IntStream.range(0, now.size()).mapToObj(i -> List.<Object>of(now.tokens(i), now.value(i)))).containsExactly(List.of(10L, 3.0),
                List.of(40L, 1.0));
    }

    @Test
    void betweenTwoPointsItIsAStraightLineAndBeyondItsEndsWhatItIsThere() {
        var curve = new GrowingCurve();
        curve.add(10, 3);
        curve.add(40, 1.5);
        Curve now = curve.now();
        assertThat(List.of(now.at(0), now.at(10), now.at(20), now.at(40), now.at(50))).containsExactly(3.0, 3.0, 2.5, 1.5, 1.5);
        assertThat(List.of(now.before(9.5), now.before(10), now.before(10.5), now.before(40), now.before(41))).containsExactly(0, 0, 1, 1, 2);
    }
}
