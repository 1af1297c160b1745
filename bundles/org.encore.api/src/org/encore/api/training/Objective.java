package org.encore.api.training;

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

    /** A program from {@code logits (B, T, V)}, {@code labels (B, T)} and {@code mask (B, T)} to the scalar {@code loss}. */
    Program build(O options, int vocabularySize);
}
