package org.encore.bench.statistics;

/**
 * What may be said of a difference between a first and a second thing, given a margin that was fixed beforehand: below it, a difference does not
 * matter.
 *
 * <p>Equivalence comes first (two one-sided tests at 5 %, Schuirmann 1987, A comparison of the two one-sided tests procedure and the power
 * approach, Journal of Pharmacokinetics and Biopharmaceutics 15: the 90 % interval lies within the margin on both sides). Then better or worse: the
 * 95 % interval excludes zero. Else nothing can be said, which is not the same as equivalence.
 *
 * <p>A difference can be smaller than the margin and yet measured to be there. That is {@link Equivalent}, for its size does not matter, and {@link
 * Equivalent#differs} says that it was seen. Two equal things are called better or worse, or equivalent but different, 5 times in 100 at most; two
 * things that differ by the margin are called equivalent 5 times in 100 at most.
 */
public sealed interface Verdict {

    /** Of the interval that lies within the margin: two one-sided tests at 5 % each. */
    double EQUIVALENCE_CONFIDENCE = 0.90;

    /** First minus second, with its 95 % interval and the number of things behind it. */
    Estimate difference();

    /** The 90 % interval, by which equivalence is judged. */
    Interval equivalence();

    /** Fixed beforehand, in the unit of the difference; 0 for none: then nothing is equivalent. */
    double margin();

    /** The first is better. */
    record Better(Estimate difference, Interval equivalence, double margin) implements Verdict {}

    /** The first is worse. */
    record Worse(Estimate difference, Interval equivalence, double margin) implements Verdict {}

    /** They are equivalent within the margin. */
    record Equivalent(Estimate difference, Interval equivalence, double margin) implements Verdict {

        /** Whether they measurably differ all the same, by less than the margin. */
        public boolean differs() {
            return !difference.interval().contains(0);
        }
    }

    /** Neither a difference nor equivalence could be shown. */
    record Inconclusive(Estimate difference, Interval equivalence, double margin) implements Verdict {}

    /**
     * The verdict on a difference.
     *
     * @param difference first minus second; of a {@link Ratio} its logarithm
     * @param margin fixed beforehand, in the unit of the difference, at least 0; for a ratio the logarithm of one
     * @param lowerIsBetter such as for times and error rates
     */
    static Verdict of(Uncertain difference, double margin, boolean lowerIsBetter) {
        if (!(margin >= 0 && Double.isFinite(margin))) {
            throw new IllegalArgumentException("margin " + margin + ": give 0 for none, or the largest difference that does not matter");
        }
        Estimate estimate = difference.estimate();
        Interval equivalence = difference.interval(EQUIVALENCE_CONFIDENCE);
        if (equivalence.within(margin)) {
            return new Equivalent(estimate, equivalence, margin);
        }
        if (estimate.interval().contains(0)) {
            return new Inconclusive(estimate, equivalence, margin);
        }
        return estimate.high() < 0 == lowerIsBetter ? new Better(estimate, equivalence, margin) : new Worse(estimate, equivalence, margin);
    }
}
