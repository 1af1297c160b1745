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
 * Rotary position embedding (Su et al. 2021, arXiv 2104.09864) in the half-rotation form: element i pairs with element i + K/2 and turns by
 * position * theta^(-2i/K). Operands: x (B, H, T, K), positions (B, T). Result: (B, H, T, K).
 *
 * @param theta base of the wavelengths, usually 10000
 */
public record Rope(double theta) implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 2);
        dtype(in.get(1), DType.INT, "positions");
        Shape x = in.get(0).shape();
        fit(x.rank() == 4 && x.get(3).size() % 2 == 0,
                () -> x + " is not (batch, heads, time, even dim)", "Split the heads first; make the head size even.");
        fit(in.get(1).shape().equals(Shape.of(x.get(0), x.get(2))), () -> "positions " + in.get(1).shape() + " do not fit " + x,
                "Give one position per row and time.");
        return in.get(0);
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Tensor x = in.get(0);
        Shape s = x.shape();
        long half = s.get(3).size() / 2;
        Tensor index = graph.iota(Shape.of(1, 1, 1, half), -1).cast(DType.FLOAT);
        Tensor frequency = index.times(-Math.log(theta) / half).exp();                                             // theta^(-2i/K)
        Tensor angle = in.get(1).cast(DType.FLOAT).reshape(Shape.of(s.get(0), Dim.of(1), s.get(2), Dim.of(1))).times(frequency); // (B, 1, T, K/2)
        Tensor low = x.slice(-1, Dim.of(0), Dim.of(half));
        Tensor high = x.slice(-1, Dim.of(half), Dim.of(2 * half));
        Tensor cos = angle.cos();
        Tensor sin = angle.sin();
        return graph.concat(-1, List.of(low.times(cos).minus(high.times(sin)), high.times(cos).plus(low.times(sin))));
    }
}
