package org.encore.tasks.metric;

import java.util.Arrays;
import java.util.List;

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
    public Score score(List<String> outputs, List<TaskData.Example> examples) {
        var edits = new double[outputs.size()];
        var lengths = new double[outputs.size()];
        for (int i = 0; i < edits.length; i++) {
            Edits.Nearest nearest = Edits.nearest(outputs.get(i), examples.get(i));
            edits[i] = nearest.edits();
            lengths[i] = nearest.length();
        }
        return new Score(100 * Arrays.stream(edits).sum() / Arrays.stream(lengths).sum(), edits, lengths);
    }
}
