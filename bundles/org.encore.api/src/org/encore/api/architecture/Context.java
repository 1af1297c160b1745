package org.encore.api.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Shape;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.Append;
import org.encore.graph.op.Visibility;

/**
 * Where a stack runs: which program, over which rows. It knows what is at hand (a source, a cache, both) so that layers need not.
 *
 * @param graph the program being built
 * @param phase which program
 * @param rows lengths and first positions of the rows
 * @param encoding what the encoder computed, absent in a step and in models without an encoder
 * @param sharedCache keys and values of a self-decoder's output (B, G, P + T, K), rotated; in a cross-decoder only
 * @param state what this program hands on, filled while layers run
 * @param specs the state that the step program takes, filled while layers run
 * @param fromSource names of recurrent states that begin with something computed from the source, filled while layers run
 * @param biases what relative positions add to scores, filled by the first layer that needs it
 */
record Context(Graph graph, Phase phase, Rows rows, Optional<Encoded> encoding, Optional<KeyValue> sharedCache, Map<String, Tensor> state,
        List<StateSpec> specs, Set<String> fromSource, Map<Distances, Tensor> biases) {

    static final Dim B = Dim.symbol("B");
    static final Dim S = Dim.symbol("S");
    static final Dim T = Dim.symbol("T");
    static final Dim P = Dim.symbol("P");

    enum Phase {
        TRAIN, PREFILL, STEP
    }

    /**
     * The rows that a stack runs over.
     *
     * @param time size of the time axis
     * @param first (B) position of each row's first token
     * @param lengths (B) number of keys each row has in the end, cached ones included
     * @param prefix (B) length of the prefix that sees itself both ways
     */
    record Rows(Dim time, Tensor first, Tensor lengths, Tensor prefix) {}

    record KeyValue(Tensor key, Tensor value) {}

    /** Keys, values and what a query may see of them. */
    record Keys(Visibility visibility, Tensor key, Tensor value, List<Tensor> bounds) {
        List<Tensor> operands(Tensor query) {
            var operands = new ArrayList<>(List.of(query, key, value));
            operands.addAll(bounds);
            return operands;
        }
    }

    static Context of(Graph graph, Phase phase, Rows rows, Optional<Encoded> encoding) {
        return new Context(graph, phase, rows, encoding, Optional.empty(), new LinkedHashMap<>(), new ArrayList<>(), new HashSet<>(),
                new HashMap<>());
    }

    /** The same program over some of its rows' tokens, which read what was kept of all of them. */
    Context reading(KeyValue shared, Rows some) {
        return new Context(graph, phase, some, Optional.empty(), Optional.of(shared), new LinkedHashMap<>(), new ArrayList<>(), new HashSet<>(),
                new HashMap<>());
    }

    boolean training() {
        return phase == Phase.TRAIN;
    }

    Encoded encoded() {
        return encoding.orElseThrow(() -> new IllegalStateException("cross-attention in a model without an encoder; build it with sequenceToSequence"));
    }

    /** (B, T) position of every token in its row. */
    Tensor positions() {
        return from(rows.first(), rows.time());
    }

    /** (B, T) positions that run on from the source. */
    Tensor positionsAfterSource() {
        return positions().plus(sourceLengths().reshape(Shape.of(B, Dim.of(1))));
    }

    /** (B, S) position of every source token. */
    Tensor sourcePositions() {
        return graph.iota(Shape.of(B, S), 1);
    }

    /**
     * What relative positions add to the scores of this stack: computed for the layer that asks first.
     *
     * @param keys S, which are at positions 0, 1, 2 …
     */
    Tensor once(boolean bothWays, Dim keys, Function<Distances, Tensor> compute) {
        Tensor first = Build.isZero(rows.first()) ? graph.constant(0, DType.INT, Shape.of(1)) : rows.first();
        return biases.computeIfAbsent(new Distances(graph, bothWays, first, rows.time(), keys), compute);
    }

    private Tensor from(Tensor first, Dim time) {
        Tensor counted = graph.iota(Shape.of(B, time), 1);
        return Build.isZero(first) ? counted : counted.plus(first.reshape(Shape.of(B, Dim.of(1))));
    }

    Tensor sourceLengths() {
        return graph.input(Names.SOURCE_LENGTHS, DType.INT, Shape.of(B));
    }

    /** Own row, both ways. */
    Keys bidirectional(KeyValue fresh) {
        return new Keys(Visibility.ALL, fresh.key(), fresh.value(), List.of(rows.lengths()));
    }

    /** Own row, backwards, behind what a step finds in its cache. */
    Keys cached(KeyValue fresh, boolean prefix) {
        Tensor key = cached("k", fresh.key());
        Tensor value = cached("v", fresh.value());
        // a token that a step adds lies behind the prefix, where PREFIX and CAUSAL mean the same
        boolean prefixMatters = prefix && phase != Phase.STEP;
        return prefixMatters
                ? new Keys(Visibility.PREFIX, key, value, List.of(rows.lengths(), rows.first(), rows.prefix()))
                : new Keys(Visibility.CAUSAL, key, value, List.of(rows.lengths(), rows.first()));
    }

    /** What a self-decoder's output was kept as. A row's last token sees all of it, others what lies before them. */
    Keys shared() {
        KeyValue kept = sharedCache.orElseThrow(() -> new IllegalStateException("Attend.shared() in a stack without a self-decoder before it; "
                + "build it with decoderDecoder"));
        return rows.time().isOne() ? new Keys(Visibility.ALL, kept.key(), kept.value(), List.of(rows.lengths()))
                : new Keys(Visibility.CAUSAL, kept.key(), kept.value(), List.of(rows.lengths(), rows.first()));
    }

    private Tensor cached(String part, Tensor fresh) {
        String name = graph.path(part);
        Tensor grown = fresh;
        if (phase == Phase.STEP) {
            Tensor past = graph.input(name, DType.FLOAT, fresh.shape().with(StateSpec.GROWING_AXIS, P));
            specs.add(new StateSpec(name, StateSpec.Role.APPEND, past.type()));
            grown = graph.apply(new Append(), past, fresh, rows.first());
        }
        state.put(name, grown);
        return grown;
    }

    /** Keys and values of the source, (B, G, S, K) each: computed in training and prefill, handed to every step. */
    Keys perSource(Shape shape, Supplier<KeyValue> compute) {
        KeyValue keys;
        if (phase == Phase.STEP) {
            keys = new KeyValue(received("k", shape), received("v", shape));
        } else {
            keys = compute.get();
            state.put(graph.path("k"), keys.key());
            state.put(graph.path("v"), keys.value());
        }
        return new Keys(Visibility.ALL, keys.key(), keys.value(), List.of(sourceLengths()));
    }

    private Tensor received(String part, Shape shape) {
        Tensor received = graph.input(graph.path(part), DType.FLOAT, shape);
        specs.add(new StateSpec(graph.path(part), StateSpec.Role.PER_SOURCE, received.type()));
        return received;
    }

    /** (B) tokens of each row that this program reads here. */
    Tensor newTokens() {
        return phase == Phase.STEP ? graph.input(Names.TOKEN_LENGTHS, DType.INT, Shape.of(B)) : rows.lengths();
    }

    /** A state that every step replaces; (B, T, size) after each token. */
    Tensor recurrent(String part, int size, Optional<Supplier<Tensor>> start, UnaryOperator<Tensor> body) {
        String name = graph.path(part);
        Shape each = Shape.of(B, Dim.of(size));
        Tensor before;
        if (phase == Phase.STEP) {
            before = graph.input(name, DType.FLOAT, each);
            specs.add(new StateSpec(name, StateSpec.Role.RECURRENT, before.type()));
        } else {
            before = start.map(Supplier::get).orElseGet(() -> graph.constant(0, DType.FLOAT, each));
            start.ifPresent(s -> fromSource.add(name));
        }
        expect(before, each, "start", name);
        Tensor after = body.apply(before);
        expect(after, Shape.of(B, rows.time(), Dim.of(size)), "states", name);
        state.put(name, atEnd(after).reshape(each));
        return after;
    }

    private static void expect(Tensor tensor, Shape shape, String what, String name) {
        if (!tensor.shape().equals(shape)) {
            throw new IllegalArgumentException("the " + what + " of recurrent state " + name + ": " + tensor.shape() + ", but expected " + shape
                    + ". Give the size that the body computes.");
        }
    }

    /** What each row has after its own last token: behind that there is padding. */
    private Tensor atEnd(Tensor xBTD) {
        Dim one = Dim.of(1);
        return rows.time().isOne() ? xBTD : xBTD.gather(1, newTokens().minus(graph.constant(1, DType.INT, Shape.SCALAR)).reshape(Shape.of(B, one, one)));
    }
}
