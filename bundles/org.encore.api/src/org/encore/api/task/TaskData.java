package org.encore.api.task;

import java.util.List;

/**
 * Data of a task, split.
 *
 * @param description one line for people, with counts and source
 * @param digest hex SHA-256 of everything that the examples were made from; part of a stage's key
 * @param tokenizer between text and ids
 * @param train pairs to learn from
 * @param development held-out examples for choosing
 * @param test held-out examples, scored once
 * @param metrics ids of the metrics that fit, the primary one first
 */
public record TaskData(String description, String digest, Tokenizer tokenizer, List<Pair> train, List<Example> development, List<Example> test,
        List<String> metrics) {

    public TaskData {
        train = List.copyOf(train);
        development = List.copyOf(development);
        test = List.copyOf(test);
        metrics = List.copyOf(metrics);
    }

    /** One input with one right output. */
    public record Pair(String source, String target) {}

    /** One input with every right output. */
    public record Example(String source, List<String> references) {
        public Example {
            references = List.copyOf(references);
        }
    }
}
