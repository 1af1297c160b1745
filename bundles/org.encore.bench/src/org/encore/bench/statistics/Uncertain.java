package org.encore.bench.statistics;

/** A value that was estimated from a sample, and its interval at any confidence. */
public interface Uncertain {

    /** The confidence of intervals that are reported. */
    double CONFIDENCE = 0.95;

    /** The estimate. */
    double value();

    /** Number of independent things behind it: seeds, examples or pairs. */
    int count();

    /**
     * The two-sided interval with equal tails; {@link Interval#none} where there are too few values for one.
     *
     * @param confidence such as 0.95
     */
    Interval interval(double confidence);

    /** Value and 95 % interval, as they are reported. */
    default Estimate estimate() {
        return new Estimate(value(), interval(CONFIDENCE), count());
    }
}
