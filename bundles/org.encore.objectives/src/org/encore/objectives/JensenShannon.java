package org.encore.objectives;

import org.encore.api.option.Option;

/**
 * Generalised Jensen-Shannon divergence. As beta goes to 0 or 1 it goes to 0, not to a KL, so the ends are refused rather than given another
 * meaning.
 */
public final class JensenShannon extends Distillation<JensenShannon.Options> {

    /**
     * Options.
     *
     * @param temperature of both distributions
     * @param alpha weight of the divergence; the rest goes to the cross-entropy of the labels
     * @param beta share of the teacher in the mixture
     */
    public record Options(
            @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
            @Option(value = "1.0", help = "weight of the divergence; the rest goes to the cross-entropy of the labels") double alpha,
            @Option(value = "0.5", help = "share of the teacher in the mixture that both are compared with, above 0 and below 1") double beta) implements Weighing {
        public Options {
            Weighing.check(temperature, alpha);
            if (!(beta > 0 && beta < 1)) {
                throw new IllegalArgumentException("beta " + beta
                        + " must be above 0 and below 1; at the ends JSD is 0. Use forward-kl or reverse-kl");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    Divergence divergence(Options options) {
        return new Divergence.JensenShannon(options.beta());
    }
}
