package org.encore.objectives;

import org.encore.api.option.Option;

/** KL(student, teacher): the student keeps to what the teacher holds likely. */
public final class ReverseKl extends Distillation<ReverseKl.Options> {

    /**
     * Options.
     *
     * @param temperature of both distributions
     * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
     */
    public record Options(
            @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
            @Option(value = "1.0", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha) {
        public Options {
            new Weighing(temperature, alpha);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    Divergence divergence(Options options) {
        return new Divergence.ReverseKl();
    }

    @Override
    Weighing weighing(Options options) {
        return new Weighing(options.temperature(), options.alpha());
    }
}
