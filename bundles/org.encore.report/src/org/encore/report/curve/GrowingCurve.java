package org.encore.report.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A curve while it becomes longer. Fed by one thread; what it hands out may be read by any. */
public final class GrowingCurve {

    private static final int FIRST = 64;

    private long[] tokens = new long[FIRST];
    private double[] values = new double[FIRST];
    private int size;
    private final List<Buckets> levels = new ArrayList<>();

    /**
     * Takes in one more point, in a few steps, on average no more for a long curve. A value that is no finite number, as of a training that diverged, is
     * left out, and so is a point that does not lie behind the last.
     *
     * @param seen tokens seen there
     */
    public void add(long seen, double value) {
        if (!Double.isFinite(value) || size > 0 && seen <= tokens[size - 1]) {
            return;
        }
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        tokens[size] = seen;
        values[size++] = value;
        for (int bits = Buckets.FINEST_BITS; Integer.numberOfTrailingZeros(size) >= bits; bits++) {
            close(bits - Buckets.FINEST_BITS, bits);
        }
    }

    /** A bucket has its last point: it amounts to what the two of the finer level amount to. */
    private void close(int level, int bits) {
        if (level == levels.size()) {
            levels.add(Buckets.none());
        }
        Total total = Total.of(values, levels.subList(0, level), size - (1 << bits), size);
        levels.set(level, levels.get(level).with((size >> bits) - 1, total));
    }

    /** The curve as it is now. It takes a few steps, and stays as it is. */
    public Curve now() {
        return new Curve(tokens, values, size, List.copyOf(levels));
    }
}
