package org.encore.cost;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.graph.DType;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;
import org.encore.graph.op.CappedAttention;
import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;

/** Goes through a program at given sizes and counts. */
final class Counter {

    private static final int FP32 = 4;

    private final Convention convention;
    private final Map<String, Long> sizes;
    private final Set<Tensor> read = new HashSet<>();

    Counter(Convention convention, Map<String, Long> sizes) {
        this.convention = convention;
        this.sizes = sizes;
    }

    /** A program as it is counted: of primitives, and of attention where products alone count. It is the same at all sizes. */
    static Program flat(Program program, Convention convention) {
        return program.expanded(op -> convention.productsOnly() && Attention.of(op).isPresent());
    }

    /** @param program made {@link #flat} */
    List<Line> lines(Program program) {
        var lines = new ArrayList<Line>();
        for (Tensor tensor : program.tensors()) {
            long flops = flops(tensor);
            long bytes = tensor.inputs().stream().filter(i -> i.op() instanceof Leaf.Weight).mapToLong(weight -> weightBytes(tensor, weight)).sum();
            if (flops > 0 || bytes > 0) {
                lines.add(new Line(program.name(), tensor.path(), tensor.op().name(), flops, bytes));
            }
        }
        return lines;
    }

    /** A table that is only looked up is read row by row; everything else whole, and once however often it is used. */
    private long weightBytes(Tensor tensor, Tensor weight) {
        if (tensor.op() instanceof Primitive.Embedding) {
            return convention.productsOnly() ? 0 : FP32 * size(tensor.shape());
        }
        boolean counts = convention == Convention.ALL || tensor.op() instanceof Primitive.Linear && weight.shape().rank() == 2;
        return counts && read.add(weight) ? FP32 * size(weight.shape()) : 0;
    }

    private long size(Shape shape) {
        long size = 1;
        for (long dim : shape.evaluate(sizes)) {
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    private long flops(Tensor tensor) {
        return switch (tensor.op()) {
            case Leaf leaf -> 0;
            case Primitive primitive -> primitive(primitive, tensor);
            case Attention attention -> attention(attention, tensor);
            case CappedAttention capped -> attention(capped.attention(), tensor);
            case Composite composite -> throw new IllegalStateException(composite.name() + " was not expanded");
        };
    }

    private long primitive(Primitive op, Tensor tensor) {
        boolean all = convention == Convention.ALL && tensor.dtype() == DType.FLOAT;
        long elements = size(tensor.shape());
        return switch (op) {
            case Primitive.Linear() -> 2 * elements * tensor.inputs().get(1).shape().get(1).size()
                    + (all && tensor.inputs().size() == 3 ? elements : 0);
            case Primitive.MatMul() -> 2 * elements * tensor.inputs().get(0).shape().get(-1).evaluate(sizes);
            case Primitive.Unary(var function) -> all ? elements : 0;
            case Primitive.Binary(var function) -> all ? elements : 0;
            case Primitive.Softmax(int axis) -> all ? 5 * elements : 0;
            case Primitive.LogSoftmax(int axis) -> all ? 5 * elements : 0;
            case Primitive.Reduce reduce -> all ? size(tensor.inputs().getFirst().shape()) : 0;
            case Primitive.Embedding e -> 0;
            case Primitive.Compare c -> 0;
            case Primitive.Where w -> 0;
            case Primitive.Concat c -> 0;
            case Primitive.Slice s -> 0;
            case Primitive.Reshape r -> 0;
            case Primitive.Transpose t -> 0;
            case Primitive.Gather g -> 0;
            case Primitive.Sort s -> 0;
            case Primitive.Cast c -> 0;
            case Primitive.Dropout d -> 0;
            case Primitive.StopGradient s -> 0;
        };
    }

    /** Two products of T queries with their keys over the inner width a = H * K: 4 a times the number of pairs that count. */
    private long attention(Attention attention, Tensor tensor) {
        Shape query = tensor.shape();
        long batch = query.get(0).evaluate(sizes);
        long width = query.get(1).size() * query.get(3).size();
        long time = query.get(2).evaluate(sizes);
        long twicePairs = 0;
        for (Attention.Segment<Tensor> segment : attention.split(tensor.inputs())) {
            long keys = segment.key().shape().get(2).evaluate(sizes);
            long window = attention.window() == 0 ? keys : attention.window();
            twicePairs += convention != Convention.PAPER ? 2 * time * keys : switch (segment.visibility()) {
                case CAUSAL -> twiceSeen(time, keys, window);
                case ALL -> window >= keys ? 2 * time * keys : 2 * (time * (2 * window - 1) - window * (window - 1));
                case PREFIX -> 2 * time * keys;
            };
        }
        return 2 * batch * width * twicePairs;
    }

    /** Twice the pairs of the last {@code time} of {@code keys} positions with those that they see: a triangle until the window is full, then a band. */
    private static long twiceSeen(long time, long keys, long window) {
        if (time == 1) {
            return 2 * Math.min(keys, window);
        }
        long past = keys - time;
        long growing = Math.clamp(window - past, 0, time);
        return 2 * past * growing + growing * growing + 2 * (time - growing) * window;
    }
}
