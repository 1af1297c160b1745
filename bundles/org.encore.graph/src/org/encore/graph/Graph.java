package org.encore.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.encore.graph.op.Leaf;
import org.encore.graph.op.Op;
import org.encore.graph.op.Primitive;

/**
 * Builds a program, one tensor after another, and checks every shape at once.
 *
 * <pre>{@code
 * var graph = new Graph("double");
 * var x = graph.input("x", DType.FLOAT, Shape.of(Dim.symbol("B")));
 * Program program = graph.finish(Map.of("y", x.plus(x)));
 * }</pre>
 */
public final class Graph {

    private final String name;
    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Map<Leaf, Tensor> constants = new HashMap<>();
    private final Map<String, Tensor> taps = new LinkedHashMap<>();
    private final Deque<String> scope = new ArrayDeque<>();

    /** @param name of the program: train, prefill, step or an objective's */
    public Graph(String name) {
        this.name = name;
    }

    /**
     * A tensor that the caller supplies; the same name gives the same tensor.
     *
     * @throws IllegalArgumentException if the name was declared with another type
     */
    public Tensor input(String label, DType dtype, Shape shape) {
        var type = new TensorType(dtype, shape);
        Tensor input = inputs.computeIfAbsent(label, l -> add(new Leaf.Input(l, type), List.of(), type));
        if (!input.type().equals(type)) {
            throw new IllegalArgumentException("input " + label + " is declared as " + input.type() + " and as " + type);
        }
        return input;
    }

    /**
     * A trained tensor; the same name gives the same tensor, which is how weights are tied.
     *
     * @throws IllegalArgumentException if the name was declared with another shape or start
     */
    public Tensor weight(Parameter parameter) {
        Tensor weight = weights.computeIfAbsent(parameter.name(), n -> {
            var leaf = new Leaf.Weight(parameter);
            return add(leaf, List.of(), leaf.infer(List.of()));
        });
        if (!((Leaf.Weight) weight.op()).parameter().equals(parameter)) {
            throw new IllegalArgumentException("parameter " + parameter.name() + " is declared twice: " + weight.op() + " and " + parameter);
        }
        return weight;
    }

    public Tensor constant(double value) {
        return constant(value, DType.FLOAT, Shape.SCALAR);
    }

    /** The same number everywhere in a shape that may be open. */
    public Tensor constant(double value, DType dtype, Shape shape) {
        return leaf(new Leaf.Constant(value, new TensorType(dtype, shape)));
    }

    /** The run-time size of a dimension. */
    public Tensor size(Dim dim) {
        return leaf(new Leaf.Size(dim));
    }

    /** 0, 1, 2 … along an axis. */
    public Tensor iota(Shape shape, int axis) {
        return leaf(new Leaf.Iota(shape, axis));
    }

    private Tensor leaf(Leaf leaf) {
        return constants.computeIfAbsent(leaf, l -> add(l, List.of(), l.infer(List.of())));
    }

    public Tensor concat(int axis, List<Tensor> parts) {
        return apply(new Primitive.Concat(axis), parts);
    }

    public Tensor where(Tensor condition, Tensor then, Tensor otherwise) {
        return apply(new Primitive.Where(), condition, then, otherwise);
    }

    public Tensor embedding(Tensor table, Tensor ids) {
        return apply(new Primitive.Embedding(), table, ids);
    }

    public Tensor apply(Op op, Tensor... operands) {
        return apply(op, Arrays.asList(operands));
    }

    /**
     * An operation on tensors of this graph.
     *
     * @throws ShapeException if they do not fit; the message names the operation, its path, all types and the remedy
     */
    public Tensor apply(Op op, List<Tensor> operands) {
        for (Tensor operand : operands) {
            if (operand.graph() != this) {
                throw new IllegalArgumentException(operand + " belongs to another graph than " + name);
            }
        }
        List<TensorType> types = operands.stream().map(Tensor::type).toList();
        try {
            return add(op, operands, op.infer(types));
        } catch (ShapeException e) {
            throw new ShapeException(op.name() + (path().isEmpty() ? "" : " at " + path()) + ": "
                    + e.getMessage().substring(0, e.getMessage().length() - e.remedy().length() - 2) + " (operands " + types + ")", e.remedy());
        }
    }

    /** Builds inside a named part, such as {@code decoder} or {@code 7}; names nest with dots. */
    public <T> T within(String part, Supplier<T> body) {
        scope.addLast(part);
        try {
            return body.get();
        } finally {
            scope.removeLast();
        }
    }

    /** The current part, such as {@code decoder.7}. */
    public String path() {
        return String.join(".", scope);
    }

    /** A path inside the current part. */
    public String path(String last) {
        return path().isEmpty() ? last : path() + "." + last;
    }

    /** Names a tensor, so that an inspector can ask for it. A second one of the same name in the same part is called {@code name.2}, and so on. */
    public Tensor tap(String tapName, Tensor tensor) {
        String free = path(tapName);
        for (int n = 2; taps.containsKey(free); n++) {
            free = path(tapName) + "." + n;
        }
        taps.put(free, tensor);
        return tensor;
    }

    /** The finished program: only what the outputs need, in an order where operands come first. Taps are kept by name, not computed. */
    public Program finish(Map<String, Tensor> outputs) {
        return Program.of(name, List.copyOf(inputs.values()), outputs, taps);
    }

    private Tensor add(Op op, List<Tensor> operands, TensorType type) {
        var tensor = new Tensor(this, tensors.size(), op, operands, type, path());
        tensors.add(tensor);
        return tensor;
    }
}
