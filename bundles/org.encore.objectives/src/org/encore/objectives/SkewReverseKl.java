package org.encore.objectives;

import org.encore.api.option.Option;

/** Reverse KL to the teacher mixed with a little of the student: bounded, with steadier gradients (arXiv 2402.03898). */
public final class SkewReverseKl extends Distillation<SkewReverseKl.Options> {

    /**
     * Options.
     *
     * @param temperature of both distributions
     * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
     * @param skew share of the first distribution in the mixture
     */
    public record Options(
            @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
            @Option(value = "1.0", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha,
            @Option(value = "0.1", help = "how much of the first distribution is mixed into the second, above 0 and below 1") double skew) {
        public Options {
            new Weighing(temperature, alpha);
            if (!(skew > 0 && skew < 1)) {
                throw new IllegalArgumentException("skew " + skew + " must be above 0 and below 1");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    Divergence divergence(Options options) {
        return new Divergence.SkewReverseKl(options.skew());
    }

    @Override
    Weighing weighing(Options options) {
        return new Weighing(options.temperature(), options.alpha());
    }
}
