package org.encore.bench.statistics;

/**
 * A value with its interval, as it is reported.
 *
 * @param value mean, median, score or ratio
 * @param interval around it
 * @param count number of independent things behind it: seeds, examples or pairs
 */
public record Estimate(double value, Interval interval, int count) {

    /** Lower end of the interval. */
    public double low() {
        return interval.low();
    }

    /** Upper end of the interval. */
    public double high() {
        return interval.high();
    }
}
