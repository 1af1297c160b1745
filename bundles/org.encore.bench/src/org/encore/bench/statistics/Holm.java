package org.encore.bench.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Several tests at once (Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6). */
public final class Holm {

    private Holm() {}

    /**
     * p of each test, adjusted so that the probability of any false alarm among all of them is at most the level that these are compared with:
     * the i-th smallest of m times m - i + 1, never less than a smaller one's, at most 1.
     *
     * @param p of each test, between 0 and 1
     * @return in the same order
     */
    public static double[] adjust(double... p) {
        for (double each : p) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException("p " + each + " of " + Arrays.toString(p) + " is no probability");
            }
        }
        int[] order = IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).mapToInt(i -> i).toArray();
        var adjusted = new double[p.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }
}
