package org.encore.experiment.distil;

import java.util.OptionalDouble;

/**
 * The share of updates that learn from the student's own sequences, and how many of those are drawn anew. Constant, or as in the released code of DistiLLM
 * (Ko et al. 2024, arXiv 2402.03898): it begins at 0, and rises by 0.1 whenever the development loss has risen by 0.1 nats since the look before.
 */
public final class OnPolicyShare {

    private static final double RISE = 0.1;

    private final OnPolicyOptions options;
    private OptionalDouble before = OptionalDouble.empty();
    private double reached;

    public OnPolicyShare(OnPolicyOptions options) {
        this.options = options;
        this.reached = options.adaptive() ? 0 : options.fraction();
    }

    /** A look at the development set, in nats. */
    public void looked(double loss) {
        if (options.adaptive() && before.isPresent() && loss >= before.getAsDouble() + RISE) {
            reached = Math.min(options.fraction(), reached + RISE);
        }
        before = OptionalDouble.of(loss);
    }

    /** Of the updates from now on. */
    public double now() {
        return reached;
    }

    /**
     * Of all updates: those that draw anew. The others of the share use what is kept.
     *
     * @param share as {@link #now} says
     * @param number of the batch, from 1
     * @param all batches of the training
     * @param full whether as much is kept as shall be
     */
    public double fresh(double share, long number, long all, boolean full) {
        return options.replay() == 0 || !full ? share : share * (1 - (double) number / all);
    }
}
