package org.encore.report.curve;

import java.util.Arrays;

/**
 * One level of detail: what each whole bucket of points amounts to. A bucket is written once, when its last point is there, and never changed.
 *
 * @param lowest point with the least value of each bucket, by its number in the curve
 * @param highest likewise
 * @param sum of the values of each
 */
record Buckets(int[] lowest, int[] highest, double[] sum) {

    /** Points of a bucket of the finest level are two to this power; each further level has buckets of twice as many. */
    static final int FINEST_BITS = 4;

    static Buckets none() {
        return new Buckets(new int[1], new int[1], new double[1]);
    }

    /** With one more bucket. Those who hold this one see it too, or do not: they do not ask for it. */
    Buckets with(int bucket, Total total) {
        Buckets to = bucket < sum.length ? this : new Buckets(Arrays.copyOf(lowest, 2 * bucket), Arrays.copyOf(highest, 2 * bucket),
                Arrays.copyOf(sum, 2 * bucket));
        to.lowest[bucket] = total.lowest();
        to.highest[bucket] = total.highest();
        to.sum[bucket] = total.sum();
        return to;
    }
}
