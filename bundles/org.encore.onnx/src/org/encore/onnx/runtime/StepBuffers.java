package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.Logits;
import org.encore.graph.Names;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;

import ai.onnxruntime.OnnxTensor;

/**
 * What a step reads and where it writes: buffers that are allocated once, and tensors over them for as many rows as there are. While the rows stay the
 * same, a step changes a few numbers here and nothing is allocated.
 */
final class StepBuffers implements AutoCloseable {

    private final Compiled step;
    private final int vocabulary;
    private final FloatBuffer logits;
    private final LongBuffer token;
    private final LongBuffer ones;
    private final LongBuffer pastLengths;
    private final IntBuffer rowEnds;
    private final IntBuffer longest = Ort.ints(1);
    private final Map<String, OnnxTensor> rotations = new HashMap<>();
    private final List<OnnxTensor> bound = new ArrayList<>();
    /** Of the next step; where there is a recurrent state, its buffers change places after each. */
    private Binding binding = new Binding(new HashMap<>(), new HashMap<>());
    private Binding afterwards = binding;

    private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> results) {}

    /**
     * @param rows at most
     * @param capacity tokens of a row, at most
     * @param vocabulary logits of a row
     */
    StepBuffers(Compiled step, int rows, int capacity, int vocabulary) {
        this.step = step;
        this.vocabulary = vocabulary;
        step.rotations().forEach(rotation -> addRotation(rotation, capacity));
        logits = Ort.floats((long) rows * vocabulary);
        token = Ort.longs(rows);
        ones = Ort.longs(rows);
        pastLengths = Ort.longs(rows);
        rowEnds = Ort.ints(rows);
        for (int row = 0; row < rows; row++) {
            ones.put(row, 1);
        }
    }

    private void addRotation(Compiled.Rotation rotation, int capacity) {
        FloatBuffer cos = Ort.floats((long) capacity * rotation.half()).put(0, rotation.table(capacity, Math::cos));
        FloatBuffer sin = Ort.floats((long) capacity * rotation.half()).put(0, rotation.table(capacity, Math::sin));
        rotations.put(rotation.cos(), Ort.tensor(cos, capacity, rotation.half()));
        rotations.put(rotation.sin(), Ort.tensor(sin, capacity, rotation.half()));
    }

    /** Wraps the buffers, and those of the states, for this many rows. */
    void bind(int rows, States states) {
        bound.forEach(OnnxTensor::close);
        bound.clear();
        var given = new HashMap<String, OnnxTensor>(rotations);
        var results = new HashMap<String, OnnxTensor>();
        given.put(Names.TOKENS, own(Ort.tensor(token, rows, 1)));
        given.put(Names.TOKEN_LENGTHS, own(Ort.tensor(ones, rows)));
        given.put(Names.PAST_LENGTHS, own(Ort.tensor(pastLengths, rows)));
        given.put(Compiler.ROW_ENDS, own(Ort.tensor(rowEnds, rows)));
        given.put(Compiler.LONGEST, own(Ort.tensor(longest)));
        for (AppendCache cache : states.exchanged() ? List.<AppendCache>of() : states.caches()) {
            OnnxTensor tensor = own(cache.tensor(rows));
            given.put(cache.name(), tensor);
            if (step.grown().contains(cache.name())) {
                results.put(Compiler.output(cache.name()), tensor);
            }
        }
        states.handed().forEach(cache -> given.put(cache.name(), cache.tensor()));
        results.put(Names.LOGITS, own(Ort.tensor(logits, rows, vocabulary)));
        var wanted = new HashSet<>(step.inputs());
        step.rotations().forEach(rotation -> wanted.addAll(List.of(rotation.cos(), rotation.sin())));
        if (step.takesRowEnds()) {
            wanted.addAll(List.of(Compiler.ROW_ENDS, Compiler.LONGEST));
        }
        given.keySet().retainAll(wanted);
        var now = new HashMap<String, OnnxTensor>();
        var next = new HashMap<String, OnnxTensor>();
        states.held().forEach((name, state) -> {
            if (wanted.contains(name)) {
                now.put(name, own(state.tensor()));
            }
            if (state.recurrent()) {
                next.put(name, own(state.nextTensor()));
            }
        });
        for (AppendCache cache : states.exchanged() ? states.caches() : List.<AppendCache>of()) {
            now.put(cache.name(), own(cache.tensor(rows)));
            next.put(cache.name(), own(cache.nextTensor(rows)));
        }
        binding = binding(given, results, now, next);
        var turned = new HashMap<>(now);
        turned.putAll(next);
        next.replaceAll((name, tensor) -> now.get(name));
        afterwards = next.isEmpty() ? binding : binding(given, results, turned, next);
    }

    private static Binding binding(Map<String, OnnxTensor> given, Map<String, OnnxTensor> results, Map<String, OnnxTensor> now,
            Map<String, OnnxTensor> next) {
        var inputs = new HashMap<>(given);
        inputs.putAll(now);
        var outputs = new HashMap<>(results);
        next.forEach((name, tensor) -> outputs.put(Compiler.output(name), tensor));
        return new Binding(inputs, outputs);
    }

    private OnnxTensor own(OnnxTensor tensor) {
        bound.add(tensor);
        return tensor;
    }

    /** What the next step reads. */
    Map<String, OnnxTensor> inputs() {
        return binding.inputs();
    }

    /** Where the next step writes. */
    Map<String, OnnxTensor> results() {
        return binding.results();
    }

    /** What follows in each row. */
    void tokens(int[] tokens) {
        for (int row = 0; row < tokens.length; row++) {
            token.put(row, tokens[row]);
        }
    }

    /** Where a row stands. @param past tokens before the step @param end tokens after it */
    void place(int row, long past, long end) {
        pastLengths.put(row, past);
        rowEnds.put(row, (int) end - 1);
    }

    /** Tokens of the longest row after the step, padding included. */
    void longest(int tokens) {
        longest.put(0, tokens);
    }

    /** A cache that was handed on. */
    void replace(HandedCache cache) {
        binding.inputs().put(cache.name(), cache.tensor());
        afterwards.inputs().put(cache.name(), cache.tensor());
    }

    /** After a step: what it wrote is what the next one reads. */
    void turn() {
        Binding used = binding;
        binding = afterwards;
        afterwards = used;
    }

    /** Logits that another program than the step gave. */
    void logits(FloatBuffer values) {
        logits.put(0, values, 0, values.limit());
    }

    /** Those of the last call, a view. */
    Logits logits(int rows) {
        return new Logits(rows, vocabulary, logits);
    }

    @Override
    public void close() {
        bound.forEach(OnnxTensor::close);
        rotations.values().forEach(OnnxTensor::close);
        bound.clear();
        rotations.clear();
    }
}
