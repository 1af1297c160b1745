package org.encore.api.architecture;

import static org.encore.api.architecture.Context.B;
import static org.encore.api.architecture.Context.S;
import static org.encore.api.architecture.Context.T;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.encore.api.option.Nearest;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;

/**
 * The residual stream of a model after each block that computes at the target's positions, whatever architecture {@link Build} was given. Position t
 * is the one whose logits are about target token t: position t of a decoder, position s + t of a stack that has a source of s tokens in the same row.
 * So the logits are what norm and head make of the last block's state, and states of two models meet where their logits do. Blocks of an encoder have
 * no such positions and are not among them.
 *
 * @since 0.1.0
 */
public final class TargetStates {

    private static final Pattern OUTPUT = Pattern.compile("(.+\\.\\d+)\\.output");

    private final Model model;
    private final Map<String, At> blocks = new LinkedHashMap<>();

    /**
     * The state after a block.
     *
     * @param block its name in the graph, such as {@code decoder.3}
     * @param width D, numbers at each position
     */
    public record At(String block, int width) {}

    private TargetStates(Model model) {
        this.model = model;
    }

    /** Those of a model; none if something else than {@link Build} has made it. */
    public static TargetStates of(Model model) {
        var states = new TargetStates(model);
        model.train().taps().forEach((tap, tensor) -> {
            Matcher output = OUTPUT.matcher(tap);
            Shape shape = tensor.shape();
            if (output.matches() && shape.rank() == 3 && shape.get(2).isKnown() && (shape.get(1).equals(T) || shape.get(1).equals(S.plus(T)))) {
                states.blocks.put(output.group(1), new At(output.group(1), Math.toIntExact(shape.get(2).size())));
            }
        });
        return states;
    }

    /** In the order in which they compute. */
    public List<At> blocks() {
        return List.copyOf(blocks.values());
    }

    /**
     * One of them by name.
     *
     * @throws IllegalArgumentException if it is not there; the message has those that are
     */
    public At at(String block) {
        return named(block, blocks(), model.architecture());
    }

    /**
     * One of some by name.
     *
     * @param whose they are, for the message
     * @throws IllegalArgumentException if it is not there; the message has those that are
     */
    public static At named(String block, List<At> blocks, String whose) {
        return blocks.stream().filter(at -> at.block().equals(block)).findFirst().orElseThrow(() -> new IllegalArgumentException(whose
                + " has no block '" + block + "' at the target's positions. "
                + (blocks.isEmpty() ? "It has none." : Nearest.suggestion(block, blocks.stream().map(At::block).toList()))));
    }

    /**
     * The model with one more output of its train program, {@link Names#STATES} (B, T, W): the states after these blocks, side by side in this order.
     *
     * @throws IllegalArgumentException if one is not there
     */
    public Model telling(List<String> wanted) {
        wanted.forEach(this::at);
        Program copy = model.train().expanded(composite -> true);   // a graph of its own, to go on with
        Graph graph = copy.output(Names.LOGITS).graph();
        List<Tensor> states = wanted.stream().map(block -> atTarget(graph, copy.taps().get(block + ".output"))).toList();
        var outputs = new LinkedHashMap<>(copy.outputs());
        outputs.put(Names.STATES, states.size() == 1 ? states.getFirst() : graph.concat(-1, states));
        return new Model(model.architecture(), model.vocabularySize(), model.startToken(), model.opening(), model.state(), graph.finish(outputs),
                model.prefill(), model.step());
    }

    private static Tensor atTarget(Graph graph, Tensor state) {
        if (state.shape().get(1).equals(T)) {
            return state;
        }
        Dim one = Dim.of(1);
        Tensor lengths = graph.input(Names.SOURCE_LENGTHS, DType.INT, Shape.of(B)).reshape(Shape.of(B, one, one));
        return state.gather(1, graph.iota(Shape.of(one, T, one), 1).plus(lengths));
    }
}
