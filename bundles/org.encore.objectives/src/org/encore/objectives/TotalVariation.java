package org.encore.objectives;

/** Half the sum of the differences of probabilities. */
public final class TotalVariation extends Distillation<Weighted> {

    @Override
    public Class<Weighted> optionsType() {
        return Weighted.class;
    }

    @Override
    Divergence divergence(Weighted options) {
        return new Divergence.TotalVariation();
    }
}
