package org.encore.objectives;

import org.encore.api.option.Option;

/**
 * Options of a divergence that has none of its own.
 *
 * @param temperature of both distributions
 * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
 */
public record Weighted(
        @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
        @Option(value = "1.0", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha) implements Weighing {

    public Weighted {
        Weighing.check(temperature, alpha);
    }
}
