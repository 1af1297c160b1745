package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.TensorType;
import org.encore.graph.op.Attention;
import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Op;
import org.encore.graph.op.Rope;
import org.encore.reference.Reference;
import org.junit.jupiter.api.Test;

/** The golden values notice the mistakes that are easily made: each is made here on purpose. */
class MutationTest {

    private static final double NOTICED = 1e-3;

    /** Every query sees one position further ahead. */
    record ShiftedMask(Attention attention) implements Composite {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return attention.infer(inputs);
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> inputs) {
            var shifted = new ArrayList<>(inputs);
            if (inputs.size() > 4) {
                shifted.set(4, inputs.get(4).plus(graph.constant(1, DType.INT, Shape.SCALAR)));
            }
            return graph.apply(attention, shifted);
        }
    }

    /** Query head h reads key head h % kvHeads instead of h / (heads / kvHeads). */
    record WrongHeadMap(Attention attention) implements Composite {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return attention.infer(inputs);
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> inputs) {
            int heads = (int) inputs.getFirst().shape().get(1).size();
            int groups = (int) inputs.get(1).shape().get(1).size();
            int[] order = IntStream.range(0, heads).map(h -> h % (heads / groups) * groups + h / (heads / groups)).toArray();
            var mapped = new ArrayList<>(inputs);
            mapped.set(0, reordered(graph, inputs.getFirst(), order));
            int[] back = new int[heads];
            IntStream.range(0, heads).forEach(h -> back[order[h]] = h);
            return reordered(graph, graph.apply(attention, mapped), back);
        }

        private static Tensor reordered(Graph graph, Tensor x, int[] order) {
            return graph.concat(1, IntStream.of(order).mapToObj(h -> x.slice(1, Dim.of(h), Dim.of(h + 1))).toList());
        }
    }

    /** Turns the wrong way for keys only, so that relative positions no longer cancel. */
    record WrongRotarySign(Rope rope) implements Composite {
        @Override
        public TensorType infer(List<TensorType> inputs) {
            return rope.infer(inputs);
        }

        @Override
        public Tensor expand(Graph graph, List<Tensor> inputs) {
            Tensor zero = graph.constant(0, DType.INT, Shape.SCALAR);
            return graph.apply(rope, inputs.get(0), zero.minus(inputs.get(1)));
        }
    }

    private static Program mutated(Program program, UnaryOperator<Op> mutation) {
        var graph = new Graph(program.name());
        var copies = new HashMap<Tensor, Tensor>();
        for (Tensor tensor : program.tensors()) {
            copies.put(tensor, switch (tensor.op()) {
                case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), input.type().shape());
                case Leaf.Weight weight -> graph.weight(weight.parameter());
                default -> graph.apply(mutation.apply(tensor.op()), tensor.inputs().stream().map(copies::get).toList());
            });
        }
        var outputs = new LinkedHashMap<String, Tensor>();
        program.outputs().forEach((name, tensor) -> outputs.put(name, copies.get(tensor)));
        return graph.finish(outputs);
    }

    private static double errorAfter(String name, UnaryOperator<Op> mutation) {
        Golden golden = Golden.all().stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
        return golden.error(new Reference(mutated(golden.model().train(), mutation)).run(golden.inputs(), golden.weights()).get(Names.LOGITS));
    }

    @Test
    void withoutAMutationTheValuesAgree() {
        assertThat(errorAfter("causal", op -> op)).isLessThan(1e-12);
    }

    @Test
    void aShiftedMaskIsNoticed() {
        assertThat(errorAfter("causal", op -> op instanceof Attention a ? new ShiftedMask(a) : op)).isGreaterThan(NOTICED);
        assertThat(errorAfter("encdec", op -> op instanceof Attention a ? new ShiftedMask(a) : op)).isGreaterThan(NOTICED);
    }

    @Test
    void aWrongHeadMapIsNoticed() {
        assertThat(errorAfter("causal", op -> op instanceof Attention a ? new WrongHeadMap(a) : op)).isGreaterThan(NOTICED);
        assertThat(errorAfter("encdec", op -> op instanceof Attention a ? new WrongHeadMap(a) : op)).isGreaterThan(NOTICED);
    }

    @Test
    void aWrongRotarySignIsNoticed() {
        var turn = new boolean[1];
        UnaryOperator<Op> everyOther = op -> {
            if (op instanceof Rope rope) {
                turn[0] = !turn[0];
                return turn[0] ? op : new WrongRotarySign(rope);
            }
            return op;
        };
        assertThat(errorAfter("causal", everyOther)).isGreaterThan(NOTICED);
    }
}
