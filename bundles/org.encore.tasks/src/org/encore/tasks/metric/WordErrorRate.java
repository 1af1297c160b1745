package org.encore.tasks.metric;

import java.util.Arrays;
import java.util.List;

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
    public Score score(List<String> outputs, List<TaskData.Example> examples) {
        var wrong = new double[outputs.size()];
        var ones = new double[outputs.size()];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = Edits.nearest(outputs.get(i), examples.get(i)).edits() == 0 ? 0 : 1;
            ones[i] = 1;
        }
        return new Score(100 * Arrays.stream(wrong).sum() / ones.length, wrong, ones);
    }
}
