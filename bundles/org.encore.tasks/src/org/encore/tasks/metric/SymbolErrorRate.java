package org.encore.tasks.metric;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/** Edits to the nearest reference over the length of that reference, summed over the corpus, in percent: PER for phonemes. */
public final class SymbolErrorRate implements Metric {

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
        Edits.Nearest nearest = Edits.nearest(output, example);
        return new double[] {nearest.edits(), nearest.length()};
    }

    @Override
    public double score(double[] sums) {
        return 100 * sums[0] / sums[1];
    }
}
