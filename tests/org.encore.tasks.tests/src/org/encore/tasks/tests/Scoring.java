package org.encore.tasks.tests;

import java.util.List;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData.Example;

/** Scores of a corpus, from the sums of what its outputs contribute. */
final class Scoring {

    private Scoring() {}

    static double score(Metric metric, List<String> outputs, List<Example> examples) {
        double[] sums = metric.statistics(outputs.getFirst(), examples.getFirst());
        for (int i = 1; i < outputs.size(); i++) {
            double[] statistics = metric.statistics(outputs.get(i), examples.get(i));
            for (int k = 0; k < sums.length; k++) {
                sums[k] += statistics[k];
            }
        }
        return metric.score(sums);
    }

    static double score(Metric metric, String output, String... references) {
        return score(metric, List.of(output), List.of(new Example("", List.of(references))));
    }
}
