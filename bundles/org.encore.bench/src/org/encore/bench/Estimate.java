package org.encore.bench;

/**
 * A median with its 95 % interval.
 *
 * @param median of the sample
 * @param low lower end
 * @param high upper end
 * @param count number of values behind it
 */
public record Estimate(double median, double low, double high, int count) {}
