package org.encore.plugins.tests.guest;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/** How many characters outputs have. */
public final class Length implements Metric {

    @Override
    public String unit() {
        return "characters";
    }

    @Override
    public boolean lowerIsBetter() {
        return true;
    }

    @Override
    public double[] statistics(String output, TaskData.Example example) {
        return new double[] {output.length()};
    }

    @Override
    public double score(double[] sums) {
        return sums[0];
    }
}
