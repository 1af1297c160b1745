package org.encore.objectives;

/** Reverse KL to the teacher mixed with a little of the student: bounded, with steadier gradients (arXiv 2402.03898). */
public final class SkewReverseKl extends Distillation<Skewed> {

    @Override
    public Class<Skewed> optionsType() {
        return Skewed.class;
    }

    @Override
    Divergence divergence(Skewed options) {
        return new Divergence.SkewReverseKl(options.skew());
    }
}
