package org.encore.graph.op;

import static org.encore.graph.op.Expect.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
 * {@link Visibility} needs; behind those of a single segment, if wanted, what is added to its scores, (B, H, T, S) or (1, H, T, S). Result:
 * (B, H, T, K). Query head h reads key head h / (H / G). Rows of queries beyond the row's own length are unspecified: a fused kernel may leave
 * anything there.
 *
 * @param scale factor on the scores, usually 1 / sqrt(K)
 * @param dropout probability on the attention weights, in training only
 * @param segments visibility of each segment
 * @param window keys that a query sees on each side, the one at its own position among them (Beltagy et al. 2020, arXiv 2004.05150); 0 for all. Not with
 *        {@link Visibility#PREFIX}; with {@link Visibility#ALL} query t stands at position t
 */
public record Attention(double scale, double dropout, List<Visibility> segments, int window) implements Composite {

    /** Score of a key that a query may not see: finite, so that a row with no visible key is no NaN. */
    public static final double HIDDEN = -1e9;
    /**
     * Name of the tap that an expansion leaves at its path: the weights (B, G, H / G, T, S), where S counts the keys of all segments one after the
     * other.
     * Each row sums to 1. Read row by row they are (B, H, T, S).
     */
    public static final String WEIGHTS = "attentionWeights";

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

    /** What is added to the scores, if anything is; works as {@link #split}. */
    public <T> Optional<T> bias(List<T> inputs) {
        return inputs.size() > withoutBias() ? Optional.of(inputs.getLast()) : Optional.empty();
    }

    private int withoutBias() {
        return 1 + segments.stream().mapToInt(Visibility::operands).sum();
    }

    @Override
    public TensorType infer(List<TensorType> in) {
        fit(!segments.isEmpty() && (in.size() == withoutBias() || segments.size() == 1 && in.size() == withoutBias() + 1),
                () -> in.size() + " operands for segments " + segments,
                () -> "Give " + withoutBias() + (segments.size() == 1 ? ", and one more to add to the scores." : "."));
        fit(window == 0 || !segments.contains(Visibility.PREFIX), () -> "a window of " + window + " keys over segments " + segments,
                "Give no window to a prefix that is seen whole.");
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
        bias(in).ifPresent(bias -> biasFits(bias.shape(), query, split(in).getFirst().key().shape()));
        return in.getFirst();
    }

    private static void biasFits(Shape bias, Shape query, Shape key) {
        fit(bias.rank() == 4 && bias.without(0).equals(Shape.of(query.get(1), query.get(2), key.get(2))) && (bias.get(0).isOne() || bias.get(0).equals(query.get(0))),
                () -> bias + " cannot be added to the scores of query " + query + " and key " + key, "Give (batch or 1, heads, time, keys).");
    }

    /** The attention that an operation is, with capped scores or without. */
    public static Optional<Attention> of(Op op) {
        return switch (op) {
            case Attention attention -> Optional.of(attention);
            case CappedAttention(Attention attention, double cap) -> Optional.of(attention);
            default -> Optional.empty();
        };
    }

    @Override
    public Tensor expand(Graph graph, List<Tensor> in) {
        return expand(graph, in, UnaryOperator.identity());
    }

    /**
     * One group axis is split off the query, so keys and values broadcast over it instead of being repeated.
     *
     * @param ofScores what becomes of scores before anything is added to them
     */
    Tensor expand(Graph graph, List<Tensor> in, UnaryOperator<Tensor> ofScores) {
        Tensor query = in.getFirst();                                                    // (B, H, T, K)
        Shape q = query.shape();
        var parts = split(in);
        Dim groups = parts.getFirst().key().shape().get(1);
        Dim perGroup = Dim.of(q.get(1).size() / groups.size());
        Tensor grouped = query.times(scale).reshape(Shape.of(q.get(0), groups, perGroup, q.get(2), q.get(3))); // (B, G, H/G, T, K)
        var scores = new ArrayList<Tensor>();
        for (Segment<Tensor> segment : parts) {
            Tensor key = overGroups(segment.key());                                      // (B, G, 1, S, K)
            Tensor raw = ofScores.apply(grouped.matmul(key.transpose(0, 1, 2, 4, 3)));   // (B, G, H/G, T, S)
            Tensor biased = bias(in).map(bias -> raw.plus(perGroup(bias, groups, perGroup))).orElse(raw);
            scores.add(graph.where(visible(graph, segment, q.get(0), q.get(2)), biased, graph.constant(HIDDEN)));
        }
        Tensor weights = graph.tap(WEIGHTS, graph.apply(new Primitive.Softmax(-1), scores.size() == 1 ? scores.getFirst()
                : graph.concat(-1, scores)));
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

    /** (B, H, T, S) as (B, G, H/G, T, S). */
    private static Tensor perGroup(Tensor bias, Dim groups, Dim perGroup) {
        Shape s = bias.shape();
        return bias.reshape(Shape.of(s.get(0), groups, perGroup, s.get(2), s.get(3)));
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
        Tensor own = graph.iota(Shape.of(one, one, one, time, one), 3);
        if (segment.firstPosition().isEmpty()) {
            return window == 0 ? visible : visible.and(near(own, key)).and(near(key, own));
        }
        Tensor position = own.plus(segment.firstPosition().get().reshape(perRow));
        Tensor before = key.lessEqual(position);
        if (window > 0) {
            before = before.and(near(position, key));
        }
        if (segment.prefixLengths().isPresent()) {
            before = before.or(key.less(segment.prefixLengths().get().reshape(perRow)));
        }
        return visible.and(before);
    }

    /** Whether a is less than a window beyond b. */
    private Tensor near(Tensor a, Tensor b) {
        return a.less(b.plus(a.graph().constant(window, DType.INT, Shape.SCALAR)));
    }
}
