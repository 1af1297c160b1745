package org.encore.objectives;

import org.encore.api.option.Option;

/**
 * Options of a divergence from a mixture.
 *
 * @param temperature of both distributions
 * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
 * @param skew share of the first distribution in the mixture
 */
public record Skewed(
        @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
        @Option(value = "1.0", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha,
        @Option(value = "0.1", help = "how much of the first distribution is mixed into the second, above 0 and below 1") double skew) implements Weighing {

    public Skewed {
        Weighing.check(temperature, alpha);
        if (!(skew > 0 && skew < 1)) {
            throw new IllegalArgumentException("skew " + skew + " must be above 0 and below 1");
        }
    }
}
