package org.encore.api.teachers;

/**
 * What is taken from a teacher.
 *
 * @since 0.1.0
 */
public enum Gives {
    /** Distributions over the students' tokens, at the targets of the data: {@link Scoring}. */
    DISTRIBUTIONS,
    /** Distributions over tokens of its own, where spans of text begin that it and the students write: {@link Scoring} with {@link Scoring#tokenizer}. */
    SPANS,
    /** Whole outputs: {@link Answering}. */
    ANSWERS
}
