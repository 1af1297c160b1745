package org.encore.report.curve;

import java.util.List;

/** What the points of a stretch amount to: gone through in the largest buckets that lie inside of it, so in steps by the logarithm of its length. */
final class Total {

    private final double[] values;
    private int lowest = -1;
    private int highest = -1;
    private double sum;

    private Total(double[] values) {
        this.values = values;
    }

    /**
     * Of the points {@code from} to before {@code to}.
     *
     * @param levels finest first; each has all buckets that lie inside
     */
    static Total of(double[] values, List<Buckets> levels, int from, int to) {
        var total = new Total(values);
        for (int at = from; at < to;) {
            int bits = Math.min(Integer.numberOfTrailingZeros(at), Integer.SIZE - 1 - Integer.numberOfLeadingZeros(to - at));
            int level = Math.min(bits - Buckets.FINEST_BITS, levels.size() - 1);
            if (level < 0) {
                total.add(at, at, values[at]);
                at++;
            } else {
                int bucket = at >> level + Buckets.FINEST_BITS;
                Buckets of = levels.get(level);
                total.add(of.lowest()[bucket], of.highest()[bucket], of.sum()[bucket]);
                at += 1 << level + Buckets.FINEST_BITS;
            }
        }
        return total;
    }

    private void add(int low, int high, double more) {
        lowest = lowest < 0 || values[low] < values[lowest] ? low : lowest;
        highest = highest < 0 || values[high] > values[highest] ? high : highest;
        sum += more;
    }

    int lowest() {
        return lowest;
    }

    int highest() {
        return highest;
    }

    double sum() {
        return sum;
    }
}
