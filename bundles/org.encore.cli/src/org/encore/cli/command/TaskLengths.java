package org.encore.cli.command;

import java.util.List;
import java.util.function.ToIntFunction;

import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.plan.Corpus;

/**
 * Lengths of a task's held-out examples in tokens, at the median.
 *
 * @param target at least 2, the end token included
 */
record TaskLengths(int source, int target, int vocabulary) {

    static TaskLengths of(Corpus corpus) {
        Tokenizer tokenizer = corpus.tokenizer();
        List<TaskData.Example> examples = corpus.data().development();
        return new TaskLengths(median(examples, example -> tokenizer.encodeSource(example.source()).length),
                Math.max(2, 1 + median(examples, example -> tokenizer.encodeTarget(example.references().getFirst()).length)), tokenizer.size());
    }

    private static int median(List<TaskData.Example> examples, ToIntFunction<TaskData.Example> length) {
        int[] sorted = examples.stream().mapToInt(length).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
