package org.encore.listeners.series;

import java.time.Instant;

/**
 * One value of a series.
 *
 * @param cell that it is about
 * @param series such as {@code train/loss}
 * @param step of training; for measurements the number of the repeat
 * @param value in the unit that the series has in {@code events.jsonl}
 * @param time when it was found
 */
public record Point(String cell, String series, long step, double value, Instant time) {}
