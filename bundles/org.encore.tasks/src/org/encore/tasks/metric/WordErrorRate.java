package org.encore.tasks.metric;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/** Share of outputs that equal no reference, in percent. */
public final class WordErrorRate implements Metric {

    @Override
    public String unit() {
        return "%";
    }

    @Override
    public boolean lowerIsBetter() {
        return true;
    }

    @Override
    public double[] statistics(String output, TaskData.Example example) {
        return new double[] {Edits.nearest(output, example).edits() == 0 ? 0 : 1, 1};
    }

    @Override
    public double score(double[] sums) {
        return 100 * sums[0] / sums[1];
    }
}
