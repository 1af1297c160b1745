package org.encore.compare.tests;

import java.util.List;

import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/** PER as the tasks have it: edits over length. */
public final class PhonemeErrors implements Metric {

    /** Nothing else is installed. */
    public static final Registry REGISTRY = new Registry(point -> point == ExtensionPoint.METRICS
            ? List.of(new Declaration("per", "PER", "phoneme error rate", "org.encore.compare.tests", "1", PhonemeErrors::new)) : List.of());

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
        throw new UnsupportedOperationException("outputs are not scored again");
    }

    @Override
    public double score(double[] sums) {
        return 100 * sums[0] / sums[1];
    }
}
