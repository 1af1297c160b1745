package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;

import org.encore.bench.statistics.BcaBootstrap;
import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.MeanScore;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;
import org.encore.bench.statistics.StudentMean;
import org.junit.jupiter.api.Test;

/**
 * 95 % intervals hold the truth 93 to 97 times in 100. The standard error of a share of 2000 samples is 0.5 points, of 20,000 it is 0.15: the band
 * is four of the former to each side, and a method that holds it 92 times is caught 95 times in 100. Where a method does less on its data, its page
 * says so, and the same figure is expected here.
 */
class CoverageTest {

    private static final double LEAST = 0.93;
    private static final double MOST = 0.97;

    @Test
    void ofMeanDifferencesOverSeeds() {
        for (int n : new int[] {6, 8, 20}) {
            assertThat(Simulated.coverage(20_000, 0, random -> StudentMean.of(Simulated.normal(n, random)))).as("%d seeds", n)
                    .isBetween(LEAST, MOST);
            assertThat(Simulated.coverage(20_000, 0, random -> StudentMean.of(Simulated.skewed(n, random)))).as("%d skewed seeds", n)
                    .isBetween(LEAST, MOST);
        }
    }

    /** As {@link StudentMean} says: no method knows from six values how skewed they are. */
    @Test
    void ofMeanDifferencesThatAreVerySkewedIsLess() {
        double[] stated = {0.886, 0.894, 0.919};
        int[] counts = {6, 8, 20};
        for (int i = 0; i < counts.length; i++) {
            int n = counts[i];
            assertThat(Simulated.coverage(20_000, 0, random -> StudentMean.of(Simulated.verySkewed(n, random)))).as("%d seeds", n)
                    .isCloseTo(stated[i], within(0.007));
        }
    }

    @Test
    void ofMediansOfTimes() {
        double truth = Median.of(Simulated.times(1_000_000, new Random(1))).value();
        for (int n : new int[] {6, 7, 8, 12, 19, 20, 60}) {
            assertThat(Simulated.coverage(10_000, truth, random -> Median.of(Simulated.times(n, random)))).as("%d repeats", n).isBetween(LEAST, MOST);
        }
    }

    /** The machine is slow and fast by turns, for both models alike; the true ratio is 2. */
    @Test
    void ofRatiosOfTimesInPairs() {
        for (int n : new int[] {6, 8, 10, 19, 20, 60}) {
            assertThat(Simulated.coverage(10_000, 2, random -> {
                double[] slower = Simulated.times(n, random);
                double[] faster = Simulated.times(n, random);
                for (int i = 0; i < n; i++) {
                    double machine = Math.exp(0.3 * random.nextGaussian());
                    slower[i] *= 2 * machine;
                    faster[i] *= machine;
                }
                return Ratio.ofPairs(slower, faster);
            })).as("%d pairs", n).isBetween(LEAST, MOST);
        }
    }

    @Test
    void ofErrorRatesOverExamples() {
        for (double rate : new double[] {0.2, 0.4, 0.6}) {
            assertThat(Simulated.coverage(2000, rate, random -> BcaBootstrap.ofScore(
                    Simulated.contributions(Simulated.errors(200, rate, 0, random)[0]), Simulated.MEAN, 400, random.nextLong())))
                            .as("error rate %s", rate).isBetween(LEAST, MOST);
        }
    }

    @Test
    void ofDifferencesOfErrorRatesOfTwoSystems() {
        for (double common : new double[] {0, 0.8}) {
            assertThat(Simulated.coverage(2000, 0, random -> {
                double[][] errors = Simulated.errors(200, 0.3, common, random);
                return BcaBootstrap.ofDifference(Simulated.contributions(errors[0]), Simulated.contributions(errors[1]), Simulated.MEAN, 400,
                        random.nextLong());
            })).as("%s in common", common).isBetween(LEAST, MOST);
        }
    }

    /** Edits of words of 3 to 11 symbols: a ratio of sums, as most corpus scores are. */
    @Test
    void ofCorpusScores() {
        assertThat(Simulated.coverage(2000, 0.3, random -> {
            var rows = new double[200][];
            Arrays.setAll(rows, i -> {
                int length = 3 + random.nextInt(9);
                double hard = 0.6 * random.nextDouble();
                return new double[] {Arrays.stream(Simulated.fill(length, () -> random.nextDouble() < hard ? 1 : 0)).sum(), length};
            });
            return BcaBootstrap.ofScore(Contributions.of(rows), Simulated.MEAN, 400, random.nextLong());
        })).isBetween(LEAST, MOST);
    }

    /** Seeds differ a little or much, examples much and for all seeds alike. */
    @Test
    void ofMeanScoresOverSeedsAndExamples() {
        double truth = 0.3;
        for (double apart : new double[] {0.03, 0.15}) {
            for (int seeds : new int[] {6, 8}) {
                assertThat(Simulated.coverage(2000, truth, random -> {
                    double[] hard = Simulated.fill(300, () -> 2 * truth * random.nextDouble());
                    var all = new ArrayList<Contributions>();
                    for (int s = 0; s < seeds; s++) {
                        double seed = 1 + apart * random.nextGaussian();
                        all.add(Simulated.contributions(Arrays.stream(hard).map(h -> random.nextDouble() < seed * h ? 1 : 0).toArray()));
                    }
                    return MeanScore.of(all, Simulated.MEAN);
                })).as("%d seeds, %s apart", seeds, apart).isBetween(LEAST, MOST);
            }
        }
    }
}
