package org.encore.api.training;

import java.util.Optional;
import java.util.OptionalDouble;

import org.encore.api.option.Configurable;
import org.encore.graph.Program;

/**
 * What training minimises, as a graph. Contributed through the extension point {@code org.encore.api.objectives}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Objective<O extends Record> extends Configurable<O> {

    /**
     * The temperature at which it wants the teacher's distribution; empty if it learns from labels alone. A program with a teacher declares what it
     * reads: {@code teacherTokens}, {@code teacherLogProbabilities} and {@code teacherTail}, or the logarithms over the whole vocabulary
     * alone; see {@link Guidance}.
     */
    default OptionalDouble teacherTemperature(O options) {
        return OptionalDouble.empty();
    }

    /**
     * Whether it compares spans of text instead of tokens, so that the teacher may read with another tokenizer ({@link Guidance.Top#WITHIN}).
     *
     * @since 0.1.0
     */
    default boolean bySpans(O options) {
        return false;
    }

    /** The share of the loss that what the teacher says has, from 0 to 1; the labels have the rest. */
    default double teacherShare(O options) {
        return teacherTemperature(options).isPresent() ? 1 : 0;
    }

    /**
     * The same loss with its shares as inputs, so that they can change from batch to batch: the scalars {@code teacherWeight}, {@code labelWeight} and {@code temperature}
     * ({@link Batch.Weights}). With {@link #teacherShare}, the rest of it and the objective's own temperature it is the loss of {@link #build}.
     *
     * @param tempered whether {@code temperature} is an input, and the teacher's tokens are the whole vocabulary with their logarithms at temperature 1; else both
     *     distributions are at the objective's own temperature
     * @return empty if the objective has no such form
     */
    default Optional<Program> steered(O options, int vocabularySize, boolean tempered) {
        return Optional.empty();
    }

    /** A program from {@code logits (B, T, V)}, {@code labels (B, T)} and {@code mask (B, T)} to the scalar {@code loss}. */
    Program build(O options, int vocabularySize);
}
