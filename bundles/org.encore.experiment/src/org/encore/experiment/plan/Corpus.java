package org.encore.experiment.plan;

import org.encore.api.option.Choice;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

/**
 * Data and how they become tokens.
 *
 * @param id the same for equal data and tokenizers
 * @param task with its options
 * @param data of the task
 * @param tokenization with its options
 * @param tokenizer that it made from the training pairs
 * @param tokenizerDigest hex SHA-256 of the tokenizer's JSON
 */
public record Corpus(String id, Choice<Task<?>> task, TaskData data, Choice<Tokenization<?>> tokenization, Tokenizer tokenizer, String tokenizerDigest) {

    /** Data are large: two corpora are the same if their ids are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Corpus corpus && corpus.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
