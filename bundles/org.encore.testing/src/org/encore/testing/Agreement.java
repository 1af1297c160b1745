package org.encore.testing;

import java.util.Arrays;

import org.encore.reference.Value;

/** How far two results are apart, relative to the largest magnitude of the expected one. */
public final class Agreement {

    private Agreement() {}

    /** The largest difference of two elements over the largest magnitude of an expected one; NaN if there is one. */
    public static double error(double[] actual, double[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError(actual.length + " elements instead of " + expected.length);
        }
        double largest = 1e-12;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double difference = Math.abs(actual[i] - expected[i]);
            worst = difference >= worst || Double.isNaN(difference) ? difference : worst;
        }
        return worst / largest;
    }

    /** The same over the target positions that count: logits (B, T, V) up to each row's length. */
    public static double error(double[] actual, Value expected, long[] lengths) {
        int time = (int) expected.shape()[1];
        int vocabulary = (int) expected.shape()[2];
        double worst = 0;
        for (int row = 0; row < lengths.length; row++) {
            int from = row * time * vocabulary;
            int to = from + (int) lengths[row] * vocabulary;
            worst = Math.max(worst, error(Arrays.copyOfRange(actual, from, to), Arrays.copyOfRange(expected.data(), from, to)));
        }
        return worst;
    }
}
