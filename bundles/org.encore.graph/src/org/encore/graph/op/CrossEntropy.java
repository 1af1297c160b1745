package org.encore.graph.op;

import static org.encore.graph.op.Expect.dtype;
import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * Negative log-likelihood of labels in nats, averaged over the unmasked positions. Operands: logits (B, T, V), labels (B, T), mask (B, T) of
 * truth values. Result: a scalar.
 *
 * @param smoothing share of the target's probability spread evenly over the vocabulary (Szegedy et al. 2016, arXiv 1512.00567), 0 for none
 */
public record CrossEntropy(double smoothing) implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 3);
        dtype(in.get(1), DType.INT, "labels");
        dtype(in.get(2), DType.BOOL, "mask");
        Shape logits = in.get(0).shape();
        fit(logits.rank() == 3 && logits.without(2).equals(in.get(1).shape()) && in.get(1).shape().equals(in.get(2).shape()),
                () -> "logits " + logits + ", labels " + in.get(1).shape() + ", mask " + in.get(2).shape(), "Give (B, T, V), (B, T), (B, T).");
        return new TensorType(DType.FLOAT, Shape.SCALAR);
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Tensor logProbability = graph.apply(new Primitive.LogSoftmax(-1), in.get(0));
        Shape labels = in.get(1).shape();
        Tensor likelihood = logProbability.gather(2, in.get(1).reshape(labels.insert(-1, Dim.of(1)))).reshape(labels);
        Tensor loss = likelihood.times(smoothing - 1);
        if (smoothing > 0) {
            loss = loss.minus(logProbability.mean(-1).reshape(labels).times(smoothing));
        }
        Tensor mask = in.get(2).cast(DType.FLOAT);
        return sum(loss.times(mask)).dividedBy(sum(mask));
    }

    private static Tensor sum(Tensor x) {
        return x.sum(-1).sum(-2).reshape(Shape.SCALAR);
    }
}
