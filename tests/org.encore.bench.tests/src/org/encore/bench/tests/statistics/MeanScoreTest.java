package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.MeanScore;
import org.encore.bench.statistics.StudentMean;
import org.junit.jupiter.api.Test;

class MeanScoreTest {

    private static Contributions constant(double value) {
        return Simulated.contributions(Simulated.fill(50, () -> value));
    }

    private static Contributions ramp() {
        return Simulated.contributions(IntStream.range(0, 100).asDoubleStream().toArray());
    }

    @Test
    void theIntervalIsThatOfTheVarianceComponents() {
        double[] length = Golden.values("crossed.length");
        List<Contributions> seeds = IntStream.range(0, 6).mapToObj(seed -> {
            double[] edits = Golden.values("crossed.edits." + seed);
            var rows = new double[length.length][];
            Arrays.setAll(rows, i -> new double[] {edits[i], length[i]});
            return Contributions.of(rows);
        }).toList();
        double[] expected = Golden.values("crossed.95");
        Estimate score = MeanScore.of(seeds, sums -> 100 * sums[0] / sums[1]).estimate();
        assertThat(score.value()).isCloseTo(expected[0], within(1e-9));
        assertThat(score.low()).isCloseTo(expected[1], within(1e-9));
        assertThat(score.high()).isCloseTo(expected[2], within(1e-9));
        assertThat(score.count()).isEqualTo(6);
    }

    @Test
    void examplesThatAreAllAlikeLeaveTheSeeds() {
        Interval seeds = StudentMean.of(new double[] {1, 2, 6}).interval(0.95);
        Interval interval = MeanScore.of(List.of(constant(1), constant(2), constant(6)), Simulated.MEAN).interval(0.95);
        assertThat(interval.low()).isCloseTo(seeds.low(), within(1e-9));
        assertThat(interval.high()).isCloseTo(seeds.high(), within(1e-9));
    }

    /** The standard error of the mean of 0 to 99 is 2.901, however many seeds say the same; the normal distribution has 1.96. */
    @Test
    void seedsThatAreAllAlikeLeaveTheExamples() {
        Interval interval = MeanScore.of(List.of(ramp(), ramp(), ramp()), Simulated.MEAN).interval(0.95);
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 2.901, within(0.001));
    }

    @Test
    void whereNothingDiffersThereIsNoDoubtAndTwoSeedsHaveNoInterval() {
        assertThat(MeanScore.of(List.of(constant(1), constant(1), constant(1)), Simulated.MEAN).interval(0.95)).isEqualTo(new Interval(1, 1, 0.95));
        assertThat(MeanScore.of(List.of(constant(1), constant(2)), Simulated.MEAN).interval(0.95).bounded()).isFalse();
    }

    @Test
    void seedsWithOtherExamplesAreRefused() {
        assertThatThrownBy(() -> MeanScore.of(List.of(constant(1), ramp()), Simulated.MEAN))
                .hasMessage("seeds with [50, 100] examples: give at least one seed, and the same examples for all");
    }
}
