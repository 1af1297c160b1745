package org.encore.api.architecture;

import org.encore.api.option.Configurable;
import org.encore.graph.Model;

/**
 * A family of models, described once: training, export, generation, cost and inspection all derive from what {@link #build} returns.
 * Contributed through the extension point {@code org.encore.api.architectures}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Architecture<O extends Record> extends Configurable<O> {

    /**
     * The model of these options.
     *
     * @throws IllegalArgumentException if the options contradict each other; the message names both values and the remedy
     */
    Model build(O options, Build build);

    /**
     * The same options at another width, everything that follows from the width with it. Matching solves over this.
     *
     * @param width size D of a token's vector, at least 1
     */
    O atWidth(O options, int width);
}
