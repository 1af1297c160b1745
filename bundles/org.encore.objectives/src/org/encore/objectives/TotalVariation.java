package org.encore.objectives;

import org.encore.api.option.Option;

/** Half the sum of the differences of probabilities. */
public final class TotalVariation extends Distillation<TotalVariation.Options> {

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
        return new Divergence.TotalVariation();
    }

    @Override
    Weighing weighing(Options options) {
        return new Weighing(options.temperature(), options.alpha());
    }
}
