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

    /** A graph grows with every layer, and is built many times while a width is solved. */
    private static final int DEEPEST = 1000;

    /** One layer: takes and gives the residual stream (B, T, D). */
    @FunctionalInterface
    public interface Body {
        Tensor apply(Layer layer, Tensor xBTD);
    }

    public Stack {
        if (layers < 1) {
            throw new IllegalArgumentException(name + " of " + layers + " layers: give at least one");
        }
        if (layers > DEEPEST) {
            throw new IllegalArgumentException(name + " of " + layers + " layers: give at most " + DEEPEST + ", more than the deepest models have");
        }
    }

    /** This stack's final normed output, as something to attend over. */
    public Memory output() {
        return (layer, encoded) -> encoded.output();
    }
}
