package org.encore.bench.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired permutation test of a mean difference: if there is none, each difference could as well have had the other sign (Fisher 1935, The
 * design of experiments, section 21). Two-sided p is the share of all assignments of signs whose mean is at least as far from zero.
 *
 * @param meanDifference of the sample
 * @param p 1 for no difference at all
 * @param floor the smallest p that so many pairs can reach: 2 / 2^n, so five pairs never reach 0.05; by drawing, 1 / (draws + 1)
 * @param exact whether all assignments were counted
 * @param count pairs
 */
public record SignFlipTest(double meanDifference, double p, double floor, boolean exact, int count) {

    /** Up to so many pairs all 2^n assignments are counted; beyond, assignments are drawn. */
    public static final int MOST_EXACT = 20;
    /** Drawn assignments. */
    public static final int DRAWS = 99_999;
    /** Sums that are equal but for rounding are equal. */
    private static final double ROUNDING = 1e-12;

    /**
     * The test of first minus second, pair by pair.
     *
     * @param seed of the drawing, if there are more than {@link #MOST_EXACT} pairs
     */
    public static SignFlipTest ofDifferences(double[] first, double[] second, long seed) {
        return of(Values.differences(first, second), seed);
    }

    /**
     * The test of differences.
     *
     * @param differences at least one
     * @param seed of the drawing, if there are more than {@link #MOST_EXACT}
     */
    public static SignFlipTest of(double[] differences, long seed) {
        double[] d = Values.finite(differences);
        if (d.length == 0) {
            throw new IllegalArgumentException("no differences to test");
        }
        double sum = Arrays.stream(d).sum();
        double far = Math.abs(sum) - ROUNDING * Arrays.stream(d).map(Math::abs).sum();
        double all = Math.pow(2, d.length);
        if (d.length <= MOST_EXACT) {
            return new SignFlipTest(sum / d.length, count(d, 0, 0, far) / all, 2 / all, true, d.length);
        }
        // the sample itself is one of the assignments: p is never 0 (Phipson and Smyth 2010, Permutation p-values should never be zero)
        double p = (1.0 + drawn(d, far, new SplittableRandom(seed))) / (1 + DRAWS);
        return new SignFlipTest(sum / d.length, p, Math.max(2 / all, 1.0 / (1 + DRAWS)), false, d.length);
    }

    private static int count(double[] d, int next, double sum, double far) {
        if (next == d.length) {
            return Math.abs(sum) >= far ? 1 : 0;
        }
        return count(d, next + 1, sum + d[next], far) + count(d, next + 1, sum - d[next], far);
    }

    private static int drawn(double[] d, double far, SplittableRandom random) {
        int hits = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            long signs = 0;
            for (int i = 0; i < d.length; i++) {
                signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
                sum += (signs & 1) == 0 ? d[i] : -d[i];
            }
            hits += Math.abs(sum) >= far ? 1 : 0;
        }
        return hits;
    }
}
