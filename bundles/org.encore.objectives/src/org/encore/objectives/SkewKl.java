package org.encore.objectives;

/** Forward KL to the student mixed with a little of the teacher: bounded, with steadier gradients (arXiv 2402.03898). */
public final class SkewKl extends Distillation<Skewed> {

    @Override
    public Class<Skewed> optionsType() {
        return Skewed.class;
    }

    @Override
    Divergence divergence(Skewed options) {
        return new Divergence.SkewKl(options.skew());
    }
}
