package org.encore.experiment;

import java.util.List;
import java.util.Optional;

import org.encore.api.option.Option;

/**
 * The question that an experiment asks, fixed before it runs: only this comparison gets a p-value, all others get intervals.
 *
 * @param metric id; empty for the task's first
 * @param split on which it is answered
 * @param contrast two variants, the one that is expected to be better first
 * @param margin smallest difference that matters, in the metric's unit
 * @param against two other variants: then it is asked whether the first two differ more than these, which is an interaction; empty for the difference itself
 */
public record Primary(
        @Option(value = "default", help = "metric; the task's first one if left out") String metric,
        @Option(value = "test", help = "split on which the question is answered") String split,
        @Option(help = "two variants: [this, against that]") List<String> contrast,
        @Option(value = "1.0", help = "smallest difference that matters, in the metric's unit; differences surely below it count as none") double margin,
        @Option(value = "[]", help = "two other variants: the question is then how much more the two of the contrast differ than these (the interaction)")
        List<String> against) {

    /** Stands for the task's first metric. */
    public static final String FIRST_METRIC = "default";

    public Primary {
        contrast = List.copyOf(contrast);
        against = Optional.ofNullable(against).map(List::copyOf).orElse(List.of()); // plans of older versions have none
        if (contrast.size() != 2 || contrast.get(0).equals(contrast.get(1))) {
            throw new IllegalArgumentException("contrast " + contrast + ": name two different variants, such as [encdec, dec]");
        }
        if (!against.isEmpty() && (against.size() != 2 || against.get(0).equals(against.get(1)) || against.equals(contrast))) {
            throw new IllegalArgumentException("against " + against + ": name two different variants, in the order of " + contrast + ", or leave it out");
        }
        if (!(margin > 0)) {
            throw new IllegalArgumentException("margin " + margin + ": give the smallest difference that matters, a positive number");
        }
    }
}
