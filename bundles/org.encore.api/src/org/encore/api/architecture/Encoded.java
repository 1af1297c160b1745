package org.encore.api.architecture;

import java.util.List;
import java.util.function.UnaryOperator;

import org.encore.graph.Tensor;

/**
 * What an encoder computed from a source.
 *
 * @param states (B, S, D) each: the embedding h_0, then the residual stream after every layer, h_1 … h_N, not normed
 * @param output (B, S, D): h_N after the final norm
 * @param finalNorm that norm, for reading an earlier state on the output's scale
 */
public record Encoded(List<Tensor> states, Tensor output, UnaryOperator<Tensor> finalNorm) {

    public Encoded {
        states = List.copyOf(states);
    }

    /** State i on the output's scale. */
    public Tensor normed(int i) {
        return i == states.size() - 1 ? output : finalNorm.apply(states.get(i));
    }
}
