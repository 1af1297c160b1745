package org.encore.api.task;

import java.util.List;

/** Scores outputs against references. Contributed through the extension point {@code org.encore.api.metrics}. */
public interface Metric {

    /** Unit of the score, such as {@code %}. */
    String unit();

    boolean lowerIsBetter();

    /**
     * The corpus score and what each example contributes to it.
     *
     * @param outputs one per example
     */
    Score score(List<String> outputs, List<TaskData.Example> examples);

    /**
     * A score: {@code scale * sum(numerators) / sum(denominators)}, so that intervals can be had by resampling examples.
     *
     * @param value corpus score in the metric's unit
     * @param numerators by example, such as edits
     * @param denominators by example, such as reference length
     */
    record Score(double value, double[] numerators, double[] denominators) {}
}
