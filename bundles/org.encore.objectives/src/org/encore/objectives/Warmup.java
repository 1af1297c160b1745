package org.encore.objectives;

/** The rise at the start that all schedules share. */
final class Warmup {

    private Warmup() {}

    static void check(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is no share of the training; give 0 to 1");
        }
    }

    /** The number of steps of a share. */
    static double steps(double share, long steps) {
        return share * steps;
    }

    /** From just above 0 at step 1 to 1 at the end of the warm-up; 1 afterwards. */
    static double factor(double share, long step, long steps) {
        return Math.min(1, step / Math.max(1, steps(share, steps)));
    }

    /** How far a step is between the end of the warm-up (0) and the last step (1). */
    static double position(double from, long step, long steps) {
        double start = steps(from, steps);
        return Math.clamp((step - start) / Math.max(1, steps - start), 0, 1);
    }
}
