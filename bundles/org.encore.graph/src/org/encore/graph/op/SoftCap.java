package org.encore.graph.op;

import static org.encore.graph.op.Expect.dtype;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.Graph;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * cap * tanh(x / cap): nearly x where x is small, and never beyond the cap (Bello et al. 2017, arXiv 1611.09940; Gemma 2, arXiv 2408.00118, section 2).
 *
 * @param cap a positive number
 */
public record SoftCap(double cap) implements Composite {

    public SoftCap {
        if (!(cap > 0)) {
            throw new IllegalArgumentException("a cap of " + cap + "; give a positive number");
        }
    }

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 1);
        dtype(in.getFirst(), DType.FLOAT, "operand");
        return in.getFirst();
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        return in.getFirst().times(1 / cap).tanh().times(cap);
    }
}
