package org.encore.objectives;

/** KL(student, teacher): the student keeps to what the teacher holds likely. */
public final class ReverseKl extends Distillation<Weighted> {

    @Override
    public Class<Weighted> optionsType() {
        return Weighted.class;
    }

    @Override
    Divergence divergence(Weighted options) {
        return new Divergence.ReverseKl();
    }
}
