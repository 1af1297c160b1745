package org.encore.objectives;

import org.encore.api.option.Option;

/**
 * Universal logit distillation (Boizard et al. 2024, arXiv 2402.12030): the sorted probabilities of teacher and student are compared rank by rank, whatever the
 * tokens are called. So it needs no common vocabulary, and says nothing of which token is likely: the labels' share of the loss does. Published: 1.5 times this to
 * once the cross-entropy, which is alpha 0.6.
 */
public final class UniversalLogit extends Distillation<UniversalLogit.Options> {

    /**
     * Options.
     *
     * @param temperature of both distributions
     * @param alpha weight of the distance; the rest goes to the cross-entropy of the labels
     */
    public record Options(
            @Option(value = "1.0", help = "temperature of both distributions; the teacher is asked at the same") double temperature,
            @Option(value = "0.6", help = "weight of the distance; the rest goes to the cross-entropy of the labels") double alpha) implements Weighing {
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
        return new Divergence.Distance();
    }

    @Override
    Meeting meeting() {
        return Meeting.RANKS;
    }
}
