package org.encore.bench.tests.statistics;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

import org.encore.bench.statistics.BcaBootstrap;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;
import org.encore.bench.statistics.SignFlipTest;
import org.encore.bench.statistics.StudentMean;
import org.encore.bench.statistics.Uncertain;
import org.encore.bench.statistics.Verdict;
import org.junit.jupiter.api.Test;

/**
 * A thing compared with its equal is called better, worse or different at most 5 times in 100; {@link Simulated#assertRare} says how that is
 * checked.
 */
class FalseAlarmsTest {

    private static boolean saysThatTheyDiffer(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Better better -> true;
            case Verdict.Worse worse -> true;
            case Verdict.Equivalent equivalent -> equivalent.differs();
            case Verdict.Inconclusive inconclusive -> false;
        };
    }

    private static void equalsAreNotToldApart(String what, int samples, double margin, Function<Random, Uncertain> draw) {
        Simulated.assertRare(what, Simulated.share(samples, draw, difference -> saysThatTheyDiffer(Verdict.of(difference, margin, true))), samples);
    }

    @Test
    void overSeeds() {
        for (int n : new int[] {6, 8, 20}) {
            for (double margin : new double[] {0, 1}) {
                equalsAreNotToldApart(n + " seeds", 20_000, margin, random -> StudentMean.of(Simulated.normal(n, random)));
                equalsAreNotToldApart(n + " skewed seeds", 20_000, margin,
                        random -> StudentMean.ofDifferences(Simulated.verySkewed(n, random), Simulated.verySkewed(n, random)));
            }
        }
    }

    /** Four models of a two by two: a seed is hard for all of them, architectures and objectives differ, the gain is the same. */
    @Test
    void ofInteractions() {
        for (int n : new int[] {6, 8, 20}) {
            equalsAreNotToldApart("interaction of " + n + " seeds", 20_000, 1, random -> {
                double[] hard = Simulated.normal(n, random);
                double[][] four = new double[4][];
                for (int i = 0; i < 4; i++) {
                    double mean = 30 - 5 * (i / 2) - 2 * (i % 2);
                    double spread = i < 2 ? 1.5 : 0.5; // trainings of one architecture are less steady
                    double[] own = Simulated.normal(n, random);
                    four[i] = new double[n];
                    Arrays.setAll(four[i], seed -> mean + 3 * hard[seed] + spread * own[seed]);
                }
                return StudentMean.ofInteraction(four[1], four[0], four[3], four[2]);
            });
        }
    }

    @Test
    void overExamples() {
        for (double[] system : new double[][] {{0.6, 0}, {0.2, 0.8}}) {
            equalsAreNotToldApart("error rate " + system[0] + ", " + system[1] + " in common", 2000, 0.02, random -> {
                double[][] errors = Simulated.errors(500, system[0], system[1], random);
                return BcaBootstrap.ofDifference(Simulated.contributions(errors[0]), Simulated.contributions(errors[1]), Simulated.MEAN, 400,
                        random.nextLong());
            });
        }
    }

    @Test
    void overRepeats() {
        for (int n : new int[] {6, 8, 10, 19, 20, 60}) {
            equalsAreNotToldApart(n + " pairs", 20_000, Math.log(1.02),
                    random -> Ratio.ofPairs(Simulated.times(n, random), Simulated.times(n, random)).logs());
        }
    }

    @Test
    void ofTests() {
        for (int n : new int[] {6, 8, 12}) {
            double share = Simulated.share(2000, random -> SignFlipTest.of(Simulated.normal(n, random), 1), test -> test.p() <= 0.05);
            Simulated.assertRare(n + " sign flips", share, 2000);
        }
    }

    /** The other error of a verdict: things that differ by just the margin are called equivalent. */
    @Test
    void whatDiffersByTheMarginIsRarelyEquivalent() {
        for (int n : new int[] {6, 8, 20}) {
            double share = Simulated.share(20_000, random -> StudentMean.of(Simulated.fill(n, () -> 2 + random.nextGaussian())),
                    difference -> Verdict.of(difference, 2, true) instanceof Verdict.Equivalent);
            Simulated.assertRare(n + " seeds", share, 20_000);
        }
        double share = Simulated.share(20_000, random -> Median.of(Arrays.stream(Simulated.logRatios(20, random)).map(x -> x + 0.2).toArray()),
                difference -> Verdict.of(difference, 0.2, true) instanceof Verdict.Equivalent);
        Simulated.assertRare("20 pairs", share, 20_000);
    }
}
