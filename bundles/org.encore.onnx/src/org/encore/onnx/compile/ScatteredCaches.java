package org.encore.onnx.compile;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.graph.Dim;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.Append;
import org.encore.graph.op.Leaf;

/**
 * Caches of a program that a step writes new entries into, by the standard operator for it, where another would make a longer copy. The cache that goes in
 * has the full capacity, and so has the one that comes out: the size that the program calls P + T. So P, of which the program knows nothing but where it is
 * read, is what the capacity leaves beside the new entries.
 *
 * @param names of the caches by the tensor that grows each
 * @param past the symbol P
 * @param time T
 */
record ScatteredCaches(Map<Tensor, String> names, String past, Dim time) {

    /** Empty if there is no cache, or if the program does something else with one than to grow it and hand it on. */
    static Optional<ScatteredCaches> find(Program program) {
        var names = new LinkedHashMap<Tensor, String>();
        for (Tensor tensor : program.tensors()) {
            if (tensor.op() instanceof Append && tensor.inputs().getFirst().op() instanceof Leaf.Input(String label, var type)
                    && program.outputs().get(label) == tensor) {
                names.put(tensor, label);
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Tensor any = names.keySet().iterator().next();
        Dim past = any.inputs().getFirst().shape().get(StateSpec.GROWING_AXIS);
        Dim time = any.inputs().get(1).shape().get(StateSpec.GROWING_AXIS);
        Set<Tensor> grown = new HashSet<>();
        for (Tensor tensor : names.keySet()) {
            grown.add(tensor.inputs().getFirst());
            if (!tensor.inputs().get(1).shape().get(StateSpec.GROWING_AXIS).equals(time)) {
                return Optional.empty();
            }
        }
        boolean plain = past.constant() == 0 && past.terms().size() == 1 && past.terms().values().iterator().next() == 1
                && program.inputs().stream().anyMatch(input -> Program.label(input).equals(Names.PAST_LENGTHS));
        if (!plain || program.inputs().stream().anyMatch(input -> mentions(input, past) && !grown.contains(input))
                || program.tensors().stream().anyMatch(tensor -> !names.containsKey(tensor) && tensor.inputs().stream().anyMatch(grown::contains))) {
            return Optional.empty();
        }
        return Optional.of(new ScatteredCaches(names, past.terms().keySet().iterator().next(), time));
    }

    private static boolean mentions(Tensor input, Dim past) {
        return input.shape().dims().stream().anyMatch(dim -> dim.terms().keySet().containsAll(past.terms().keySet()));
    }
}
