package org.encore.objectives;

import org.encore.api.option.Option;

/**
 * The recipe published with arXiv 2501.16273: nine parts forward KL to one part cross-entropy, temperature 1. Its released code also counts
 * padding, which is a mistake; here padding never counts.
 */
public final class PaperMixture extends Distillation<PaperMixture.Options> {

    /**
     * Options.
     *
     * @param temperature of both distributions
     * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
     */
    public record Options(
            @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
            @Option(value = "0.9", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha) implements Weighing {
        public Options {
            Weighing.check(temperature, alpha);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    Divergence divergence(Options options) {
        return new Divergence.ForwardKl();
    }
}
