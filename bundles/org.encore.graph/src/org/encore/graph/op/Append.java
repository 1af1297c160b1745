package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.List;

import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * A cache grown at each row's own end: past (B, G, P, K) of which row b holds length[b] entries, new (B, G, T, K), lengths (B). Result
 * (B, G, P+T, K): row b holds its past, then all T new entries; what lies beyond is unspecified. A runtime writes it in place.
 */
public record Append() implements Composite {

    @Override
    public TensorType infer(List<TensorType> in) {
        operands(in, 3);
        Shape past = in.get(0).shape();
        Shape fresh = in.get(1).shape();
        fit(past.rank() == 4 && past.with(2, fresh.get(2)).equals(fresh), () -> "past " + past + " and new " + fresh + " differ beside the time axis",
                "Give both as (batch, kvHeads, time, dim).");
        fit(in.get(2).shape().equals(Shape.of(past.get(0))), () -> "lengths " + in.get(2).shape(), "Give one length per row.");
        return new TensorType(in.get(0).dtype(), past.with(2, past.get(2).plus(fresh.get(2))));
    }

    /** Entry j of row b is past j below its length, else new j - length; both lie in one concatenation, so one gather does it. */
    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Dim batch = in.get(0).shape().get(0);
        Dim past = in.get(0).shape().get(2);
        Dim fresh = in.get(1).shape().get(2);
        Dim one = Dim.of(1);
        Tensor both = graph.concat(2, List.of(in.get(0), in.get(1)));
        Tensor entry = graph.iota(Shape.of(one, one, past.plus(fresh), one), 2);
        Tensor length = in.get(2).reshape(Shape.of(batch, one, one, one));
        Tensor shifted = entry.minus(length).plus(graph.size(past)).min(graph.size(past.plus(fresh).minus(one)));
        return both.gather(2, graph.where(entry.less(length), entry, shifted));
    }
}
