package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.Graph;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/** silu(gate) * up (Shazeer 2020, arXiv 2002.05202). Operands: gate and up, both (…, F). */
public record SwiGlu() implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 2);
        fit(in.get(0).equals(in.get(1)), () -> "gate " + in.get(0) + " and up " + in.get(1) + " differ", "Give both the same shape.");
        return in.get(0);
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        return in.get(0).silu().times(in.get(1));
    }
}
