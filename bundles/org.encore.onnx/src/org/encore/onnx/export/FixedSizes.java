package org.encore.onnx.export;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Op;
import org.encore.graph.op.Primitive;

/**
 * Sizes that are fixed when a file is written.
 *
 * @param sizes symbol to size, such as S to 64; other symbols stay open
 */
record FixedSizes(Map<String, Long> sizes) {

    Dim of(Dim dim) {
        Dim fixed = Dim.of(dim.constant());
        for (var term : dim.terms().entrySet()) {
            Long size = sizes.get(term.getKey());
            fixed = fixed.plus((size == null ? Dim.symbol(term.getKey()) : Dim.of(size)).times(term.getValue()));
        }
        return fixed;
    }

    Shape of(Shape shape) {
        return new Shape(shape.dims().stream().map(this::of).toList());
    }

    private Op of(Op op) {
        return switch (op) {
            case Leaf.Constant(double value, TensorType type) -> new Leaf.Constant(value, new TensorType(type.dtype(), of(type.shape())));
            case Leaf.Size(Dim dim) -> new Leaf.Size(of(dim));
            case Leaf.Iota(Shape shape, int axis) -> new Leaf.Iota(of(shape), axis);
            case Primitive.Slice(int axis, Dim start, Dim end) -> new Primitive.Slice(axis, of(start), of(end));
            case Primitive.Reshape(Shape shape) -> new Primitive.Reshape(of(shape));
            default -> op;
        };
    }

    /** Builds a program anew under these sizes in a graph; gives its outputs. Composites must be expanded if anything is fixed. */
    Map<String, Tensor> copy(Program program, Graph graph) {
        var copies = new HashMap<Tensor, Tensor>();
        for (Tensor tensor : program.tensors()) {
            copies.put(tensor, switch (tensor.op()) {
                case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), of(input.type().shape()));
                case Leaf.Weight weight -> graph.weight(weight.parameter());
                default -> graph.apply(of(tensor.op()), tensor.inputs().stream().map(copies::get).toList());
            });
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        program.outputs().forEach((label, tensor) -> outputs.put(label, copies.get(tensor)));
        return outputs;
    }
}
