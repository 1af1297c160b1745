package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * Root mean square norm over the last axis (Zhang and Sennrich 2019, arXiv 1910.07467): x / sqrt(mean(x^2) + epsilon) * gain. Operands:
 * x (…, D), gain (D).
 */
public record RmsNorm(double epsilon) implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 2);
        fit(in.get(1).shape().equals(Shape.of(in.get(0).shape().get(-1))), () -> "gain " + in.get(1).shape() + " does not fit x " + in.get(0).shape(),
                () -> "Give a gain of shape (" + in.get(0).shape().get(-1) + ").");
        return in.get(0);
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Tensor x = in.get(0);
        Tensor meanSquare = x.times(x).mean(-1);
        return x.times(meanSquare.plus(graph.constant(epsilon)).rsqrt()).times(in.get(1));
    }
}
