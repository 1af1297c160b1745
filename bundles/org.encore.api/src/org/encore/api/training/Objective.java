package org.encore.api.training;

import org.encore.api.option.Configurable;
import org.encore.graph.Program;

/**
 * What training minimises, as a graph. Contributed through the extension point {@code org.encore.api.objectives}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Objective<O extends Record> extends Configurable<O> {

    /** A program from {@code logits (B, T, V)}, {@code labels (B, T)} and {@code mask (B, T)} to the scalar {@code loss}. */
    Program build(O options, int vocabularySize);
}
