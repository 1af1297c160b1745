package org.encore.experiment.data;

import java.util.List;

import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;

/**
 * Pairs as token ids.
 *
 * @param sources ids of each source
 * @param targets ids of each target, without start and end token
 */
public record Encoded(int[][] sources, int[][] targets) {

    public static Encoded of(List<TaskData.Pair> pairs, Tokenizer tokenizer) {
        return new Encoded(pairs.stream().map(pair -> tokenizer.encodeSource(pair.source())).toArray(int[][]::new),
                pairs.stream().map(pair -> tokenizer.encodeTarget(pair.target())).toArray(int[][]::new));
    }

    /** Held-out pairs: each example with its first reference. */
    public static Encoded ofExamples(List<TaskData.Example> examples, Tokenizer tokenizer) {
        return of(examples.stream().map(e -> new TaskData.Pair(e.source(), e.references().getFirst())).toList(), tokenizer);
    }

    public int size() {
        return sources.length;
    }

    /** Tokens that training counts for a pair: the source, the target and its end token. */
    public int tokens(int pair) {
        return sources[pair].length + targets[pair].length + 1;
    }
}
