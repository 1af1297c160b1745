package org.encore.tasks.metric;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/** A score of each output, from 0 to 1, averaged over the examples and given in percent. */
abstract class Mean implements Metric {

    /** Score of one output, from 0 to 1. */
    abstract double value(String output, TaskData.Example example);

    @Override
    public final String unit() {
        return "%";
    }

    @Override
    public final boolean lowerIsBetter() {
        return false;
    }

    @Override
    public final double[] statistics(String output, TaskData.Example example) {
        return new double[] {value(output, example), 1};
    }

    @Override
    public final double score(double[] sums) {
        return 100 * sums[0] / sums[1];
    }
}
