package org.encore.api.architecture;

import org.encore.graph.Tensor;

/** What a decoder layer's cross-attention reads: the encoder's output, or a mix of its states. Evaluated once per source. */
@FunctionalInterface
public interface Memory {

    /**
     * The tensor (B, S, D) to project keys and values from.
     *
     * @param layer of the decoder that reads; a place for parameters of its own
     * @param encoded what the encoder computed
     */
    Tensor read(Layer layer, Encoded encoded);
}
