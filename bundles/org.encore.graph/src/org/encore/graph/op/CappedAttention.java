package org.encore.graph.op;

import java.util.List;

import org.encore.graph.Graph;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * {@link Attention} whose scaled scores pass a {@link SoftCap} before anything is added to them or hidden. Operands and result are the same.
 *
 * @param cap of the scores
 */
public record CappedAttention(Attention attention, double cap) implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        return attention.infer(in);
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        return attention.expand(graph, in, scores -> graph.apply(new SoftCap(cap), scores));
    }
}
