package org.encore.bench.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * A confidence interval. With too few values there is none: then it is infinite on both sides, which holds the truth and says nothing.
 *
 * @param low lower end
 * @param high upper end
 * @param confidence such as 0.95
 */
public record Interval(double low, double high, double confidence) {

    public Interval {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence " + confidence + ": give a share between 0 and 1, such as 0.95");
        }
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    /** No interval: there are too few values for one. */
    public static Interval none(double confidence) {
        return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
    }

    /** Whether there is an interval at all. */
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** Whether the value is not excluded, the ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether all of it lies closer to zero than the margin. */
    public boolean within(double margin) {
        return -margin < low && high < margin;
    }

    /** The interval of an increasing function of the value. */
    public Interval map(DoubleUnaryOperator increasing) {
        return new Interval(increasing.applyAsDouble(low), increasing.applyAsDouble(high), confidence);
    }

    /** The share of probability beyond each end: 0.025 for 0.95. */
    double tail() {
        return (1 - confidence) / 2;
    }
}
