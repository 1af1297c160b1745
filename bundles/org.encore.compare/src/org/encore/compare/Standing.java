package org.encore.compare;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a variant stands by itself: its mean score, and how far that is known. It describes; whether one variant is better than another is said by a
 * {@link Contrast}, whose pairs share seeds and examples.
 *
 * @param variant name; with several runs, that of the run before it where names would clash
 * @param place where it stands on the other axes; empty if there are none
 * @param split that it was scored on
 * @param metric id
 * @param unit of the score
 * @param value mean over seeds
 * @param low lower end of its 95 % interval; over seeds and examples from three seeds on, over examples for one seed; null if there is none
 * @param high upper end
 * @param seeds behind it
 * @param examples behind it
 */
public record Standing(String variant, Map<String, String> place, String split, String metric, String unit, double value, @Nullable Double low, @Nullable Double high,
        int seeds, long examples) {}
