package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/** The two layouts of attention: flat (batch, time, heads * dim) and split (batch, heads, time, dim). */
public final class Heads {

    private Heads() {}

    /** (B, T, heads * K) to (B, heads, T, K). */
    public record SplitHeads(int heads) implements Composite {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            Shape x = in.get(0).shape();
            fit(x.rank() == 3 && x.get(2).size() % heads == 0, () -> x + " does not split into " + heads + " heads",
                    () -> "Make its last axis a multiple of " + heads + ".");
            return new TensorType(in.get(0).dtype(), Shape.of(x.get(0), Dim.of(heads), x.get(1), Dim.of(x.get(2).size() / heads)));
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> in) {
            Shape x = in.get(0).shape();
            return in.get(0).reshape(Shape.of(x.get(0), x.get(1), Dim.of(heads), Dim.of(x.get(2).size() / heads))).transpose(0, 2, 1, 3);
        }
    }

    /** (B, heads, T, K) to (B, T, heads * K). */
    public record MergeHeads() implements Composite {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            Shape x = in.get(0).shape();
            fit(x.rank() == 4, () -> x + " is not (batch, heads, time, dim)", "Merge what was split.");
            return new TensorType(in.get(0).dtype(), Shape.of(x.get(0), x.get(2), Dim.of(x.get(1).size() * x.get(3).size())));
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> in) {
            return in.get(0).transpose(0, 2, 1, 3).reshape(infer(List.of(in.get(0).type())).shape());
        }
    }
}
