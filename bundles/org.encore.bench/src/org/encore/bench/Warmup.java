package org.encore.bench;

/**
 * How a race was warmed up.
 *
 * @param repeats that were not counted
 * @param stationary whether it ended because times had settled, by {@link Stationarity}; else it had reached its most repeats, or a minute
 */
public record Warmup(int repeats, boolean stationary) {}
