package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;

/**
 * Scaled dot-product attention with grouped heads (Vaswani et al. 2017; Ainslie et al. 2023, arXiv 2305.13245) over one or more segments of
 * keys that share a softmax, so that merged self- and cross-attention is the same operation with two segments.
 *
 * <p>Operands: query (B, H, T, K), then for each segment key (B, G, S, K), value (B, G, S, K), key lengths (B) and what its
 * {@link Visibility} needs. Result: (B, H, T, K). Query head h reads key head h / (H / G). Rows of queries beyond the row's own length are
 * unspecified: a fused kernel may leave anything there.
 *
 * @param scale factor on the scores, usually 1 / sqrt(K)
 * @param dropout probability on the attention weights, in training only
 * @param segments visibility of each segment
 * @param window keys that a query sees at most, the one at its own position the last of them (Beltagy et al. 2020, arXiv 2004.05150); 0 for all. Only
 *        with {@link Visibility#CAUSAL}
 */
public record Attention(double scale, double dropout, List<Visibility> segments, int window) implements Composite {

    /** Score of a key that a query may not see: finite, so that a row with no visible key is no NaN. */
    public static final double HIDDEN = -1e9;

    public Attention {
        segments = List.copyOf(segments);
        if (window < 0) {
            throw new IllegalArgumentException("a window of " + window + " keys; give a positive number, or 0 for all");
        }
    }

    /** Without a window. */
    public Attention(double scale, double dropout, List<Visibility> segments) {
        this(scale, dropout, segments, 0);
    }

    /** The operands of one segment. */
    public record Segment<T>(Visibility visibility, T key, T value, T keyLengths, Optional<T> firstPosition,
            Optional<T> prefixLengths) {}

    /** The operands by segment; works for tensors, types and an interpreter's own values. */
    public <T> List<Segment<T>> split(List<T> inputs) {
        var result = new ArrayList<Segment<T>>();
        int at = 1;
        for (Visibility visibility : segments) {
            List<T> part = inputs.subList(at, at + visibility.operands());
            result.add(new Segment<>(visibility, part.get(0), part.get(1), part.get(2),
                    part.size() > 3 ? Optional.of(part.get(3)) : Optional.empty(),
                    part.size() > 4 ? Optional.of(part.get(4)) : Optional.empty()));
            at += visibility.operands();
        }
        return result;
    }

    @Override
    public TensorType infer(List<TensorType> in) {
        int expected = 1 + segments.stream().mapToInt(Visibility::operands).sum();
        fit(!segments.isEmpty() && in.size() == expected, () -> in.size() + " operands for segments " + segments, () -> "Give " + expected + ".");
        fit(window == 0 || segments.stream().allMatch(Visibility.CAUSAL::equals), () -> "a window of " + window + " keys over segments " + segments,
                "Give a window to causal attention only.");
        Shape query = in.getFirst().shape();
        fit(query.rank() == 4, () -> "query " + query + " is not (batch, heads, time, dim)", "Split the heads first.");
        for (Segment<TensorType> segment : split(in)) {
            Shape key = segment.key().shape();
            fit(key.rank() == 4 && key.equals(segment.value().shape()), () -> "key " + key + " and value " + segment.value().shape() + " differ",
                    "Give both as (batch, kvHeads, time, dim).");
            fit(key.get(0).equals(query.get(0)) && key.get(3).equals(query.get(3)),
                    () -> "query " + query + " and key " + key + " differ in batch or dim",
                    "Make them equal.");
            fit(query.get(1).size() % key.get(1).size() == 0, () -> query.get(1) + " heads over " + key.get(1) + " key heads",
                    "Make heads a multiple of kvHeads.");
        }
        return in.getFirst();
    }

    /** One group axis is split off the query, so keys and values broadcast over it instead of being repeated. */
    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        Tensor query = in.getFirst();                                                    // (B, H, T, K)
        Shape q = query.shape();
        var parts = split(in);
        Dim groups = parts.getFirst().key().shape().get(1);
        Dim perGroup = Dim.of(q.get(1).size() / groups.size());
        Tensor grouped = query.times(scale).reshape(Shape.of(q.get(0), groups, perGroup, q.get(2), q.get(3))); // (B, G, H/G, T, K)
        var scores = new ArrayList<Tensor>();
        for (Segment<Tensor> segment : parts) {
            Tensor key = overGroups(segment.key());                                      // (B, G, 1, S, K)
            Tensor raw = grouped.matmul(key.transpose(0, 1, 2, 4, 3));                   // (B, G, H/G, T, S)
            scores.add(graph.where(visible(graph, segment, q.get(0), q.get(2)), raw, graph.constant(HIDDEN)));
        }
        Tensor weights = graph.apply(new Primitive.Softmax(-1), scores.size() == 1 ? scores.getFirst() : graph.concat(-1, scores));
        if (dropout > 0) {
            weights = graph.apply(new Primitive.Dropout(dropout), weights);
        }
        Tensor sum = null;
        Dim start = Dim.of(0);
        for (Segment<Tensor> segment : parts) {
            Dim end = start.plus(segment.key().shape().get(2));
            Tensor part = (parts.size() == 1 ? weights : weights.slice(-1, start, end)).matmul(overGroups(segment.value()));
            sum = sum == null ? part : sum.plus(part);
            start = end;
        }
        return sum.reshape(q);
    }

    private static Tensor overGroups(Tensor x) {
        return x.reshape(x.shape().insert(2, Dim.of(1)));
    }

    /** Truth values that broadcast over (B, G, H/G, T, S). */
    private Tensor visible(Graph graph, Segment<Tensor> segment, Dim batch, Dim time) {
        Dim keys = segment.key().shape().get(2);
        Dim one = Dim.of(1);
        Shape perRow = Shape.of(batch, one, one, one, one);
        Tensor key = graph.iota(Shape.of(one, one, one, one, keys), -1);
        Tensor visible = key.less(segment.keyLengths().reshape(perRow));
        if (segment.firstPosition().isEmpty()) {
            return visible;
        }
        Tensor position = graph.iota(Shape.of(one, one, one, time, one), 3).plus(segment.firstPosition().get().reshape(perRow));
        Tensor before = key.lessEqual(position);
        if (window > 0) {
            before = before.and(position.less(key.plus(graph.constant(window, DType.INT, Shape.SCALAR))));
        }
        if (segment.prefixLengths().isPresent()) {
            before = before.or(key.less(segment.prefixLengths().get().reshape(perRow)));
        }
        return visible.and(before);
    }
}
