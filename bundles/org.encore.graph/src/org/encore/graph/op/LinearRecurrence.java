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
 * Every channel remembers by itself: h_t = keep_t * h_(t-1) + add_t. The core of minGRU, minLSTM (Feng et al. 2024, arXiv 2410.01201) and of
 * diagonal state space layers.
 *
 * <p>Operands: the logarithm of keep (B, T, D), at most 0, minus infinity for nothing; add (B, T, D); h_0 (B, D). Result: h_1 … h_T
 * (B, T, D). Padding at the end of a row changes nothing before it.
 *
 * <p>Computed for all times at once, which takes T * T numbers for each row and channel: made for sequences of some hundred tokens.
 */
public record LinearRecurrence() implements Composite {

    /** Exponent of what lies ahead: finite, because the gradient of an infinite one is no number. */
    private static final double NOTHING = -1e9;
    /** Logarithms below count as this, which keeps 4e-18: an infinite one would be no number once subtracted, a large one would drown the others. */
    private static final double FORGOTTEN = -40;

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 3);
        in.forEach(type -> dtype(type, DType.FLOAT, "operand"));
        Shape keep = in.get(0).shape();
        fit(keep.rank() == 3 && keep.equals(in.get(1).shape()), () -> "logKeep " + keep + " and add " + in.get(1).shape() + " differ",
                "Give both as (batch, time, width).");
        fit(in.get(2).shape().equals(keep.without(1)), () -> "h_0 " + in.get(2).shape() + " for rows " + keep,
                () -> "Give it as " + keep.without(1) + ".");
        return in.get(0);
    }

    /**
     * With A_t = logKeep_1 + … + logKeep_t: h_t = exp(A_t) h_0 + sum over i up to t of exp(A_t - A_i) add_i. No exponent is above 0, so nothing
     * overflows.
     */
    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Shape shape = in.get(0).shape();
        Dim batch = shape.get(0);
        Dim time = shape.get(1);
        Dim width = shape.get(2);
        Dim one = Dim.of(1);
        Shape earlier = Shape.of(batch, one, time, width);
        Tensor isPast = graph.iota(Shape.of(one, one, time, one), 2).lessEqual(graph.iota(Shape.of(one, time, one, one), 1));
        // sums of logarithms, not products of matrices: those may be computed in reduced precision
        Tensor sumsBT1D = graph.where(isPast, in.get(0).max(graph.constant(FORGOTTEN)).reshape(earlier), graph.constant(0)).sum(2);
        Tensor exponentsBTTD = graph.where(isPast, sumsBT1D.minus(sumsBT1D.reshape(earlier)), graph.constant(NOTHING));
        Tensor addedBTD = exponentsBTTD.exp().times(in.get(1).reshape(earlier)).sum(2).reshape(shape);
        return sumsBT1D.reshape(shape).exp().times(in.get(2).reshape(Shape.of(batch, one, width))).plus(addedBTD);
    }
}
