package org.encore.experiment.match;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

import org.encore.api.architecture.Architecture;

/** Finds the width at which a variant reaches a goal. */
public final class WidthSolver {

    /** How far from the goal a match may be. */
    public static final double TOLERANCE = 0.01;
    private static final int WIDEST = 1 << 16;
    private static final int FIRST = 64;
    /** Guesses that are enough for what grows with the width and its square; more are halves. */
    private static final int GUESSES = 12;

    private WidthSolver() {}

    /**
     * The options at the width whose quantity is nearest to the goal. Widths that are multiples of 8 are preferred where one lies within the
     * tolerance, because kernels work in such blocks.
     *
     * @param measured the quantity of options; grows with the width. A model is built for each width, so few are tried
     * @throws IllegalArgumentException if no width comes within 1 % of the goal
     */
    public static <O extends Record> O solve(Architecture<O> architecture, O options, long goal, java.util.function.ToLongFunction<O> measured) {
        Map<Integer, Long> known = new HashMap<>();
        IntToLongFunction at = width -> known.computeIfAbsent(width, w -> measured.applyAsLong(architecture.atWidth(options, w)));
        if (at.applyAsLong(1) > goal * (1 + TOLERANCE)) {
            throw new IllegalArgumentException("even at width 1 this variant has " + at.applyAsLong(1) + ", more than the goal " + goal
                    + ". Raise the goal, or give it fewer layers or smaller heads.");
        }
        int low = lastBelow(at, goal);
        int high = low + 1;
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

    /** The widest that stays below the goal; 1 if none does. */
    private static int lastBelow(IntToLongFunction at, long goal) {
        int low = 1;
        int high = WIDEST;
        int before = 1;
        int last = 1;
        for (int guesses = 0; high - low > 1; guesses++) {
            int next = guesses == 0 ? FIRST : guesses > GUESSES ? (low + high) / 2 : guess(at, before, last, goal);
            before = last;
            last = Math.clamp(next, low + 1, high - 1);
            if (at.applyAsLong(last) < goal) {
                low = last;
            } else {
                high = last;
            }
        }
        return low;
    }

    /** Where a line through two widths' quantities over the squares of the widths meets the goal, rounded away from the last width. */
    private static int guess(IntToLongFunction at, int before, int last, long goal) {
        double rise = at.applyAsLong(last) - (double) at.applyAsLong(before);
        double square = (double) last * last + (goal - at.applyAsLong(last)) * ((double) last * last - (double) before * before) / rise;
        double width = Math.sqrt(Math.max(0, square));
        return (int) (at.applyAsLong(last) < goal ? Math.ceil(width) : Math.floor(width));
    }

    private static long distance(IntToLongFunction at, int width, long goal) {
        return Math.abs(at.applyAsLong(width) - goal);
    }
}
