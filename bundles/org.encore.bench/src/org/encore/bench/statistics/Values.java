package org.encore.bench.statistics;

import java.util.Arrays;

/** Samples as they are given. */
final class Values {

    private Values() {}

    /** A copy, in which every number is one. */
    static double[] finite(double[] values) {
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i])) {
                throw new IllegalArgumentException("value " + i + " of " + copy.length + " is " + copy[i]);
            }
        }
        return copy;
    }

    /** First minus second, pair by pair. */
    static double[] differences(double[] first, double[] second) {
        samePairs(first.length, second.length);
        var differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        return differences;
    }

    static void samePairs(int first, int second) {
        if (first != second || first == 0) {
            throw new IllegalArgumentException(first + " and " + second + " values are no pairs");
        }
    }

    /** Whether there are sorted values and all are numbers; no number is sorted behind all others. */
    static boolean haveQuantiles(double[] sorted) {
        return sorted.length > 0 && Double.isFinite(sorted[0]) && Double.isFinite(sorted[sorted.length - 1]);
    }

    /**
     * The value below which a share of the distribution lies that the sorted values are from, linear between neighbours (Hyndman and Fan 1996,
     * definition 6): the r-th of n resamples stands for r / (n + 1) (Davison and Hinkley 1997, Bootstrap methods and their application, section
     * 5.2).
     */
    static double quantile(double[] sorted, double share) {
        double place = Math.clamp(share * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
