package org.encore.api.task;

/**
 * Scores outputs against references. Contributed through the extension point {@code org.encore.api.metrics}.
 *
 * <p>A corpus score is a function of sums: each output contributes a few numbers ({@link #statistics}), these are added up, and {@link #score} makes
 * the score of the sums. So every metric has intervals by resampling examples, without generating anything again.
 */
public interface Metric {

    /** Unit of the score, such as {@code %}. */
    String unit();

    boolean lowerIsBetter();

    /** What one output contributes, always equally many numbers; such as edits and the length of the nearest reference. */
    double[] statistics(String output, TaskData.Example example);

    /** The score of contributions that were added up, in the metric's unit. */
    double score(double[] sums);
}
