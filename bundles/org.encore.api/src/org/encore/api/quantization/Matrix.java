package org.encore.api.quantization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.Heads;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;

/**
 * A parameter of two axes that is multiplied or looked up, and what it is for. Found in the model's programs, whatever the architecture.
 *
 * @param parameter (out, in), or (vocabulary, width) where rows are looked up
 * @param part whether it computes for every token or once per source
 * @param role what it computes
 * @param lookedUp whether rows of it are looked up, by itself or beside being a tied head
 */
public record Matrix(Parameter parameter, Part part, Role role, boolean lookedUp) {

    /** When it computes. */
    public enum Part {
        /** Once per source: an encoder, and the projections of what it computed to keys and values of cross-attention. */
        ENCODER,
        /** With every token. */
        DECODER
    }

    /** What it computes. */
    public enum Role {
        /** Vectors of tokens, without being a head too. */
        EMBEDDING,
        /** Queries, keys, values, or what attention gives. */
        ATTENTION,
        /** Whatever is none of the others: feed-forward parts, recurrences. */
        MLP,
        /** Logits; of one position only, when generating. */
        HEAD
    }

    /** Outputs N. */
    public long out() {
        return parameter.shape().get(0).size();
    }

    /** Inputs K. */
    public long in() {
        return parameter.shape().get(1).size();
    }

    /** All matrices that generation uses, in the order of first use. */
    public static List<Matrix> of(Model model) {
        Set<String> everyToken = new HashSet<>();
        model.step().parameters().forEach(parameter -> everyToken.add(parameter.name()));
        var found = new LinkedHashMap<Parameter, Set<Role>>();
        for (Program program : List.of(model.prefill(), model.step())) {
            uses(program, found);
        }
        var matrices = new ArrayList<Matrix>();
        found.forEach((parameter, uses) -> matrices.add(new Matrix(parameter, everyToken.contains(parameter.name()) ? Part.DECODER : Part.ENCODER,
                main(uses), uses.contains(Role.EMBEDDING))));
        return List.copyOf(matrices);
    }

    private static Role main(Set<Role> uses) {
        return uses.contains(Role.HEAD) ? Role.HEAD : uses.contains(Role.EMBEDDING) ? Role.EMBEDDING : uses.contains(Role.ATTENTION) ? Role.ATTENTION : Role.MLP;
    }

    private static void uses(Program program, Map<Parameter, Set<Role>> found) {
        Tensor head = program.outputs().get(Names.LOGITS);
        while (head != null && !(head.op() instanceof Primitive.Linear) && !head.inputs().isEmpty()) {
            head = head.inputs().getFirst(); // reshaped, cut, capped
        }
        var split = new HashSet<Tensor>();
        program.tensors().stream().filter(t -> t.op() instanceof Heads.SplitHeads).forEach(t -> split.add(t.inputs().getFirst()));
        for (Tensor tensor : program.tensors()) {
            switch (tensor.op()) {
                case Primitive.Embedding() when tensor.inputs().getFirst().op() instanceof Leaf.Weight(Parameter table) ->
                    add(found, table, Role.EMBEDDING);
                case Primitive.Linear() when tensor.inputs().get(1).op() instanceof Leaf.Weight(Parameter weight) -> add(found, weight,
                        tensor == head ? Role.HEAD
                                : split.contains(tensor) || tensor.inputs().getFirst().op() instanceof Heads.MergeHeads ? Role.ATTENTION : Role.MLP);
                default -> { }
            }
        }
    }

    private static void add(Map<Parameter, Set<Role>> found, Parameter parameter, Role role) {
        found.computeIfAbsent(parameter, p -> new LinkedHashSet<>()).add(role);
    }
}
