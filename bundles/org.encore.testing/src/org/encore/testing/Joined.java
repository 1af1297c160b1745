package org.encore.testing;

import java.util.HashMap;
import java.util.Map;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Leaf;
import org.encore.reference.Value;

/** A train program and an objective as one program to the loss. */
public final class Joined {

    private Joined() {}

    /** From sources, targets and labels to the loss. */
    public static Program of(Program train, Program objective) {
        var graph = new Graph("loss");
        Tensor logits = copy(graph, train, Map.of()).get(Names.LOGITS);
        Dim batch = Dim.symbol("B");
        Dim time = Dim.symbol("T");
        Tensor lengths = graph.input(Names.TARGET_LENGTHS, DType.INT, Shape.of(batch));
        Tensor mask = graph.iota(Shape.of(batch, time), 1).less(lengths.reshape(Shape.of(batch, Dim.of(1))));
        return graph.finish(copy(graph, objective, Map.of(Names.LOGITS, logits, Names.MASK, mask)));
    }

    private static Map<String, Tensor> copy(Graph graph, Program program, Map<String, Tensor> bound) {
        var copies = new HashMap<Tensor, Tensor>();
        for (Tensor tensor : program.tensors()) {
            copies.put(tensor, switch (tensor.op()) {
                case Leaf.Input input when bound.containsKey(input.label()) -> bound.get(input.label());
                case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), input.type().shape());
                case Leaf.Weight weight -> graph.weight(weight.parameter());
                default -> graph.apply(tensor.op(), tensor.inputs().stream().map(copies::get).toList());
            });
        }
        var outputs = new HashMap<String, Tensor>();
        program.outputs().forEach((name, tensor) -> outputs.put(name, copies.get(tensor)));
        return outputs;
    }

    /** Inputs of the train program, and labels. */
    public static Map<String, Value> inputs(Inputs in) {
        var inputs = new HashMap<>(in.train());
        inputs.put(Names.LABELS, Value.of(new long[] {in.rows(), in.targetTime()}, in.labels()));
        return inputs;
    }
}
