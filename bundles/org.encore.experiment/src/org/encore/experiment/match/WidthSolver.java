package org.encore.experiment.match;

import java.util.function.IntToLongFunction;

import org.encore.api.architecture.Architecture;

/** Finds the width at which a variant reaches a goal. */
public final class WidthSolver {

    /** How far from the goal a match may be. */
    public static final double TOLERANCE = 0.01;
    private static final int WIDEST = 1 << 16;

    private WidthSolver() {}

    /**
     * The options at the width whose quantity is nearest to the goal. Widths that are multiples of 8 are preferred where one lies within the
     * tolerance, because kernels work in such blocks.
     *
     * @param measured the quantity of options; grows with the width
     * @throws IllegalArgumentException if no width comes within 1 % of the goal
     */
    public static <O extends Record> O solve(Architecture<O> architecture, O options, long goal, java.util.function.ToLongFunction<O> measured) {
        IntToLongFunction at = width -> measured.applyAsLong(architecture.atWidth(options, width));
        if (at.applyAsLong(1) > goal * (1 + TOLERANCE)) {
            throw new IllegalArgumentException("even at width 1 this variant has " + at.applyAsLong(1) + ", more than the goal " + goal
                    + ". Raise the goal, or give it fewer layers or smaller heads.");
        }
        int low = 1;
        int high = 2;
        while (high < WIDEST && at.applyAsLong(high) < goal) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (at.applyAsLong(middle) < goal) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int best = distance(at, low, goal) <= distance(at, high, goal) ? low : high;
        int rounded = Math.max(8, Math.round(best / 8f) * 8);
        if (distance(at, rounded, goal) <= TOLERANCE * goal) {
            best = rounded;
        }
        if (distance(at, best, goal) > TOLERANCE * goal) {
            throw new IllegalArgumentException("no width comes within 1 % of " + goal + ": " + at.applyAsLong(low) + " at width " + low + ", "
                    + at.applyAsLong(high) + " at width " + high + ". Choose another goal, or other layers.");
        }
        return architecture.atWidth(options, best);
    }

    private static long distance(IntToLongFunction at, int width, long goal) {
        return Math.abs(at.applyAsLong(width) - goal);
    }
}
