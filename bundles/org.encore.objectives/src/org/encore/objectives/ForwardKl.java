package org.encore.objectives;

/** KL(teacher, student): the student has to cover whatever the teacher holds possible. */
public final class ForwardKl extends Distillation<Weighted> {

    @Override
    public Class<Weighted> optionsType() {
        return Weighted.class;
    }

    @Override
    Divergence divergence(Weighted options) {
        return new Divergence.ForwardKl();
    }
}
