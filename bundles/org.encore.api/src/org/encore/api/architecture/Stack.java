package org.encore.api.architecture;

import org.encore.graph.Tensor;

/**
 * A description of layers, run anew for each program of the model.
 *
 * @param name first part of its parameters' names: encoder, decoder
 * @param layers how many
 * @param block sizes
 * @param body one layer
 */
public record Stack(String name, int layers, Block block, Body body) {

    /** One layer: takes and gives the residual stream (B, T, D). */
    @FunctionalInterface
    public interface Body {
        Tensor apply(Layer layer, Tensor xBTD);
    }

    public Stack {
        if (layers < 1) {
            throw new IllegalArgumentException(name + " of " + layers + " layers: give at least one");
        }
    }

    /** This stack's final normed output, as something to attend over. */
    public Memory output() {
        return (layer, encoded) -> encoded.output();
    }
}
