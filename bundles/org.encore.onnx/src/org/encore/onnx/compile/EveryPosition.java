package org.encore.onnx.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.encore.graph.DType;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.RmsNorm;
import org.encore.graph.op.SoftCap;

/**
 * The same program with the head over every position and the last one picked afterwards: what runtimes do that return all logits. Costs more and gives
 * the same.
 */
public final class EveryPosition {

    private EveryPosition() {}

    /** The program itself if it picks no position before its head. */
    public static Program of(Program program) {
        Set<Tensor> behind = new HashSet<>();
        Tensor tensor = program.output(Names.LOGITS);
        while (isPointwise(tensor)) {
            behind.add(tensor);
            tensor = tensor.inputs().getFirst();
        }
        if (!(tensor.op() instanceof Primitive.Gather picks)) {
            return program;
        }
        var graph = new Graph(program.name());
        var copies = new HashMap<Tensor, Tensor>();
        boolean picked = false;
        for (Tensor each : program.tensors()) {
            if (each == tensor) {
                copies.put(each, copies.get(each.inputs().getFirst()));
            } else if (behind.contains(each) && !picked && each.op() instanceof Primitive.Reshape) {
                Tensor all = copies.get(each.inputs().getFirst());
                copies.put(each, graph.apply(each.op(), graph.apply(picks, all, copies.get(tensor.inputs().get(1)))));
                picked = true;
            } else {
                copies.put(each, copy(graph, each, copies));
            }
        }
        if (!picked) {
            return program;
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        program.outputs().forEach((label, output) -> outputs.put(label, copies.get(output)));
        return graph.finish(outputs);
    }

    /** What treats each position by itself. */
    private static boolean isPointwise(Tensor tensor) {
        return tensor.dtype() == DType.FLOAT && switch (tensor.op()) {
            case Primitive.Linear linear -> true;
            case Primitive.Unary unary -> true;
            case Primitive.Reshape reshape -> true;
            case RmsNorm norm -> true;
            case SoftCap cap -> true;
            default -> false;
        };
    }

    private static Tensor copy(Graph graph, Tensor tensor, Map<Tensor, Tensor> copies) {
        return switch (tensor.op()) {
            case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), input.type().shape());
            case Leaf.Weight weight -> graph.weight(weight.parameter());
            default -> graph.apply(tensor.op(), tensor.inputs().stream().map(copies::get).toList());
        };
    }
}
