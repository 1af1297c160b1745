package org.encore.api.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Data of a task, split.
 *
 * @param description one line for people, with counts and source
 * @param digest hex SHA-256 of everything that the examples were made from; part of a stage's key
 * @param tokenizer the one that fits unless the experiment names another, as one would write it there: {@code {symbols: {target: words}}}
 * @param train pairs to learn from
 * @param development held-out examples for choosing
 * @param tests held-out examples by name of the set, scored once; the one that counts is first and usually called {@code test}
 * @param metrics ids of the metrics that fit, the primary one first
 */
public record TaskData(String description, String digest, String tokenizer, List<Pair> train, List<Example> development,
        SequencedMap<String, List<Example>> tests, List<String> metrics) {

    /** Name of the development examples among the splits. */
    public static final String DEVELOPMENT = "development";

    public TaskData {
        train = List.copyOf(train);
        development = List.copyOf(development);
        tests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tests));
        metrics = List.copyOf(metrics);
        if (tests.isEmpty() || tests.containsKey(DEVELOPMENT)) {
            throw new IllegalArgumentException("test sets " + tests.keySet() + ": give one at least, and call none '" + DEVELOPMENT + "'");
        }
    }

    /** With one test set, called {@code test}. */
    public TaskData(String description, String digest, String tokenizer, List<Pair> train, List<Example> development, List<Example> test,
            List<String> metrics) {
        this(description, digest, tokenizer, train, development, new LinkedHashMap<>(Map.of("test", test)), metrics);
    }

    /** The test set that counts. */
    public List<Example> test() {
        return tests.firstEntry().getValue();
    }

    /** All held-out examples by name of the split, development first. */
    public SequencedMap<String, List<Example>> heldOut() {
        var splits = new LinkedHashMap<String, List<Example>>();
        splits.put(DEVELOPMENT, development);
        splits.putAll(tests);
        return splits;
    }

    /** One input with one right output. */
    public record Pair(String source, String target) {}

    /** One input with every right output. */
    public record Example(String source, List<String> references) {
        public Example {
            references = List.copyOf(references);
            if (references.isEmpty()) {
                throw new IllegalArgumentException("example '" + source + "' has no reference");
            }
        }
    }
}
