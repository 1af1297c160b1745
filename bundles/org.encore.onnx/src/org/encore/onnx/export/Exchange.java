package org.encore.onnx.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.onnx.compile.Naming;

/**
 * Prefill and step as a reader of the files sees them. Everything that generation carries comes out as {@code present.X} and goes into the next
 * step as {@code past.X}; what is computed once per source has one name for both. The number of tokens in each row's caches is carried like a
 * state ({@code past.lengths}), so that a caller needs to know nothing about the architecture.
 */
final class Exchange implements Naming {

    static final String PAST = "past.";
    static final String PRESENT = "present.";
    /** Of an output: tokens in each row's caches afterwards, (B). */
    static final String LENGTHS = "lengths";
    private static final Dim ONE = Dim.of(1);

    private final Model model;
    private final FixedSizes fixed;

    Exchange(Model model, FixedSizes fixed) {
        this.model = model;
        this.fixed = fixed;
    }

    @Override
    public String input(String label) {
        return label.equals(Names.PAST_LENGTHS) ? PAST + LENGTHS : isCarried(label) ? PAST + label : label;
    }

    @Override
    public String output(String label, boolean given) {
        return label.equals(LENGTHS) || isCarried(label) ? PRESENT + label : label;
    }

    boolean isCarried(String label) {
        return model.state().stream().anyMatch(s -> s.name().equals(label) && s.role() != StateSpec.Role.PER_SOURCE);
    }

    /** Source to first logits and state; sourceLengths, which the caller has, does not come back. */
    Program prefill() {
        Program whole = fixed.sizes().isEmpty() ? model.prefill() : model.prefill().expanded(composite -> false);
        var graph = new Graph(whole.name());
        Map<String, Tensor> outputs = fixed.copy(whole, graph);
        whole.inputs().forEach(input -> outputs.remove(Program.label(input)));
        caches().forEach(cache -> outputs.computeIfPresent(cache.name(), (name, grown) -> filled(graph, cache, grown)));
        Tensor sourceLengths = graph.input(Names.SOURCE_LENGTHS, DType.INT, fixed.of(Shape.of(Dim.symbol("B"))));
        Tensor one = graph.constant(1, DType.INT, sourceLengths.shape());
        outputs.put(LENGTHS, readsSourceIntoCache() ? sourceLengths.plus(one) : one);
        return graph.finish(outputs);
    }

    /** Tokens and state to logits and state. */
    Program step() {
        Program whole = fixed.sizes().isEmpty() ? model.step() : model.step().expanded(composite -> false);
        var graph = new Graph(whole.name());
        Map<String, Tensor> all = fixed.copy(whole, graph);
        var outputs = new LinkedHashMap<String, Tensor>();
        all.forEach((label, tensor) -> {
            if (label.equals(Names.LOGITS) || isCarried(label)) {
                outputs.put(label, tensor);
            }
        });
        for (StateSpec cache : caches()) {
            Dim capacity = capacity(cache);
            if (capacity.isKnown()) {
                outputs.computeIfPresent(cache.name(), (name, grown) -> grown.slice(StateSpec.GROWING_AXIS, Dim.of(0), capacity));
            }
        }
        Shape rows = fixed.of(Shape.of(Dim.symbol("B")));
        outputs.put(LENGTHS, graph.input(Names.PAST_LENGTHS, DType.INT, rows).plus(graph.input(Names.TOKEN_LENGTHS, DType.INT, rows)));
        return graph.finish(outputs);
    }

    private List<StateSpec> caches() {
        return model.state().stream().filter(s -> s.role() == StateSpec.Role.APPEND).toList();
    }

    private Dim capacity(StateSpec cache) {
        return fixed.of(cache.type().shape().get(StateSpec.GROWING_AXIS));
    }

    private boolean readsSourceIntoCache() {
        return model.opening() == Model.Opening.SOURCE_AND_START_TOKEN || caches().stream()
                .anyMatch(cache -> model.prefill().output(cache.name()).shape().get(StateSpec.GROWING_AXIS).terms().containsKey("S"));
    }

    /** A cache of full capacity, as a step of fixed sizes takes it. */
    private Tensor filled(Graph graph, StateSpec cache, Tensor grown) {
        Dim capacity = capacity(cache);
        if (!capacity.isKnown()) {
            return grown;
        }
        Dim rest = capacity.minus(grown.shape().get(StateSpec.GROWING_AXIS));
        if (rest.isKnown() && rest.size() < 1) {
            throw new IllegalArgumentException("past=" + capacity + " leaves no room: the source and the start token alone take "
                    + grown.shape().get(StateSpec.GROWING_AXIS) + " places. Give a larger past or a smaller source.");
        }
        Tensor empty = graph.constant(0, cache.type().dtype(), grown.shape().with(StateSpec.GROWING_AXIS, rest));
        return graph.concat(StateSpec.GROWING_AXIS, List.of(grown, empty));
    }

    /** Whether a program takes one token at a time only. */
    boolean stepsByOne() {
        return fixed.of(Dim.symbol("T")).equals(ONE);
    }
}
