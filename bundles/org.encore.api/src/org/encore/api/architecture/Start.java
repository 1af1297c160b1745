package org.encore.api.architecture;

import org.encore.graph.Tensor;

/** What a recurrent state is before the first token, when it comes from the source. Evaluated once per source. */
@FunctionalInterface
public interface Start {

    /**
     * The state (B, size).
     *
     * @param layer whose state it is; a place for parameters of its own
     * @param encoded what the encoder computed
     */
    Tensor read(Layer layer, Encoded encoded);
}
