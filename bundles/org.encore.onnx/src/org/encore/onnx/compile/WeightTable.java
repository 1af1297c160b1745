package org.encore.onnx.compile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.quantization.Storage;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;
import org.encore.onnx.proto.OnnxGraph;

/** Weights that a set of programs shares, by the name that each form has in the graphs. */
public final class WeightTable {

    private final Map<String, Compiled.Weight> used = new LinkedHashMap<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Map<String, Storage> storages;
    private final External external;

    /** Says where the elements of a weight lie. */
    @FunctionalInterface
    public interface External {
        /** Declares one weight in a graph. */
        void declare(OnnxGraph graph, Compiled.Weight weight);
    }

    /**
     * @param programs that share the weights
     * @param storages by the parameter's name; fp32 for those that are not there
     */
    public WeightTable(List<Program> programs, Map<String, Storage> storages, External external) {
        this.storages = Map.copyOf(storages);
        this.external = external;
        for (Program program : programs) {
            program.expanded(c -> false).tensors().stream().filter(t -> t.op() instanceof Primitive.Embedding)
                    .forEach(t -> {
                        if (t.inputs().getFirst().op() instanceof Leaf.Weight weight) {
                            tables.add(weight.parameter().name());
                        }
                    });
        }
    }

    boolean isTable(Parameter parameter) {
        return tables.contains(parameter.name());
    }

    Storage storage(Parameter parameter) {
        return storages.getOrDefault(parameter.name(), new Storage.Fp32());
    }

    String use(Parameter parameter, View view) {
        var weight = new Compiled.Weight(parameter, view);
        used.put(weight.name(), weight);
        return weight.name();
    }

    /** Declares what the graph just compiled used. */
    List<Compiled.Weight> declared(OnnxGraph graph) {
        var declared = List.copyOf(used.values());
        declared.forEach(weight -> external.declare(graph, weight));
        used.clear();
        return declared;
    }
}
