package org.encore.experiment;

import java.util.List;

import org.encore.api.option.Option;

/**
 * The question that an experiment asks, fixed before it runs: only this comparison gets a p-value, all others get intervals.
 *
 * @param metric id; empty for the task's first
 * @param split on which it is answered
 * @param contrast two variants, the one that is expected to be better first
 * @param margin smallest difference that matters, in the metric's unit
 */
public record Primary(
        @Option(value = "default", help = "metric; the task's first one if left out") String metric,
        @Option(value = "test", help = "split on which the question is answered") String split,
        @Option(help = "two variants: [this, against that]") List<String> contrast,
        @Option(value = "1.0", help = "smallest difference that matters, in the metric's unit; differences surely below it count as none") double margin) {

    /** Stands for the task's first metric. */
    public static final String FIRST_METRIC = "default";

    public Primary {
        contrast = List.copyOf(contrast);
        if (contrast.size() != 2 || contrast.get(0).equals(contrast.get(1))) {
            throw new IllegalArgumentException("contrast " + contrast + ": name two different variants, such as [encdec, dec]");
        }
        if (!(margin > 0)) {
            throw new IllegalArgumentException("margin " + margin + ": give the smallest difference that matters, a positive number");
        }
    }
}
