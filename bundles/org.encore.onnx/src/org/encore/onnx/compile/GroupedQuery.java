package org.encore.onnx.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.Append;
import org.encore.graph.op.Attention;
import org.encore.graph.op.CappedAttention;
import org.encore.graph.op.Heads;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.Rope;
import org.encore.graph.op.Visibility;

/**
 * A causal attention over its own cache, with rotary positions: what ONNX Runtime's grouped-query operator computes as a whole, cache included.
 *
 * @param result merged heads (B, T, H * K)
 * @param rotatedQuery (B, H, T, K)
 * @param rotatedKey (B, G, T, K)
 * @param query before splitting and rotating (B, T, H * K)
 * @param key before splitting and rotating (B, T, G * K)
 * @param value before splitting (B, T, G * K)
 * @param pastKey name of the cache of keys
 * @param pastValue name of the cache of values
 * @param window keys that a query sees at most; 0 for all
 * @param cap of the scores; 0 for none
 * @param swallowed tensors that the operator makes superfluous
 */
record GroupedQuery(Tensor result, Tensor rotatedQuery, Tensor rotatedKey, Tensor query, Tensor key, Tensor value, String pastKey, String pastValue,
        int heads, int kvHeads, long headSize, double scale, double theta, int window, double cap, List<Tensor> swallowed) {

    /** The operator takes heads of whole blocks of this many elements. */
    private static final int HEAD_BLOCK = 8;
    /** The operator's own rotation works on blocks of this many elements of a head. */
    private static final int ROTATION_BLOCK = 16;

    /** Whether the operator can rotate queries and keys itself. */
    boolean rotatesItself() {
        return headSize % ROTATION_BLOCK == 0;
    }

    /** All such attentions of a program, by their result. */
    static Map<Tensor, GroupedQuery> find(Program program) {
        var found = new LinkedHashMap<Tensor, GroupedQuery>();
        for (Tensor tensor : program.tensors()) {
            match(tensor, program).ifPresent(match -> found.put(tensor, match));
        }
        return found;
    }

    private static Optional<GroupedQuery> match(Tensor result, Program program) {
        if (!(result.op() instanceof Heads.MergeHeads)) {
            return Optional.empty();
        }
        Tensor mixed = result.inputs().getFirst();
        Attention attention = Attention.of(mixed.op()).orElse(null);
        if (attention == null || !attention.segments().equals(List.of(Visibility.CAUSAL)) || attention.bias(mixed.inputs()).isPresent()) {
            return Optional.empty();
        }
        Attention.Segment<Tensor> segment = attention.split(mixed.inputs()).getFirst();
        Tensor past = segment.firstPosition().orElseThrow();
        Tensor query = mixed.inputs().getFirst();
        Optional<String> pastKey = grown(segment.key(), past, program);
        Optional<String> pastValue = grown(segment.value(), past, program);
        if (pastKey.isEmpty() || pastValue.isEmpty() || !isRowEnd(segment.keyLengths(), past)) {
            return Optional.empty();
        }
        Tensor freshKey = segment.key().inputs().get(1);
        Tensor freshValue = segment.value().inputs().get(1);
        if (!(query.op() instanceof Rope ofQuery) || !(freshKey.op() instanceof Rope ofKey) || !ofQuery.equals(ofKey)
                || !countsFrom(query.inputs().get(1), past) || !countsFrom(freshKey.inputs().get(1), past)) {
            return Optional.empty();
        }
        Tensor splitQuery = query.inputs().getFirst();
        Tensor splitKey = freshKey.inputs().getFirst();
        if (!(splitQuery.op() instanceof Heads.SplitHeads(int heads)) || !(splitKey.op() instanceof Heads.SplitHeads(int kvHeads))
                || !(freshValue.op() instanceof Heads.SplitHeads)) {
            return Optional.empty();
        }
        if (query.shape().get(3).size() % HEAD_BLOCK != 0) {
            return Optional.empty();
        }
        var swallowed = new ArrayList<>(List.of(mixed, query, splitQuery, segment.key(), freshKey, splitKey, segment.value(), freshValue));
        return Optional.of(new GroupedQuery(result, query, freshKey, splitQuery.inputs().getFirst(), splitKey.inputs().getFirst(), freshValue.inputs().getFirst(),
                pastKey.get(), pastValue.get(), heads, kvHeads, query.shape().get(3).size(), attention.scale(), ofQuery.theta(), attention.window(),
                mixed.op() instanceof CappedAttention capped ? capped.cap() : 0, swallowed));
    }

    /** The cache's name, if a tensor is a cache of the program's state, grown at the rows' past lengths and handed on under its own name. */
    private static Optional<String> grown(Tensor tensor, Tensor past, Program program) {
        if (tensor.op() instanceof Append && tensor.inputs().getFirst().op() instanceof Leaf.Input(String label, var type)
                && tensor.inputs().get(2) == past && program.outputs().get(label) == tensor) {
            return Optional.of(label);
        }
        return Optional.empty();
    }

    /** past + tokenLengths */
    private static boolean isRowEnd(Tensor lengths, Tensor past) {
        return isSum(lengths) && lengths.inputs().contains(past)
                && lengths.inputs().stream().anyMatch(t -> t.op() instanceof Leaf.Input input && input.label().equals(Names.TOKEN_LENGTHS));
    }

    /** 0, 1, 2 … counted from past */
    private static boolean countsFrom(Tensor positions, Tensor past) {
        return isSum(positions)
                && positions.inputs().stream().anyMatch(t -> t.op() instanceof Leaf.Iota(var shape, int axis) && shape.rank() == 2 && shape.axis(axis) == 1)
                && positions.inputs().stream().anyMatch(t -> t.op() instanceof Primitive.Reshape && t.inputs().getFirst() == past);
    }

    private static boolean isSum(Tensor tensor) {
        return tensor.op() instanceof Primitive.Binary(var function) && function == Primitive.Binary.Function.ADD;
    }
}
