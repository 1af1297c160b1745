package org.encore.objectives;

/** What the options of all divergences have in common. */
public interface Weighing {

    /** Of both distributions; the teacher is asked at the same. */
    double temperature();

    /** Weight of the divergence; the rest goes to the cross-entropy of the labels. */
    double alpha();

    /** @throws IllegalArgumentException if one of them is out of its range */
    static void check(double temperature, double alpha) {
        if (!(temperature > 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature " + temperature + " must be above 0 and at most 100");
        }
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " must be above 0 and at most 1; without a teacher use cross-entropy");
        }
    }
}
