package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxTensor;

/** Weights as the runtime wants them, in direct buffers that all sessions of a model share. */
final class WeightTensors implements AutoCloseable {

    /** Files that point to weights in memory need some name of a place. */
    private static final String IN_MEMORY = "memory";

    private final Weights weights;
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private long bytes;

    WeightTensors(Weights weights) {
        this.weights = weights;
    }

    static void declare(OnnxGraph graph, Compiled.Weight weight) {
        graph.external(weight.name(), weight.shape(), IN_MEMORY, 0, weight.parameter().size() * Float.BYTES);
    }

    static Compiler.WeightTable table(List<org.encore.graph.Program> programs) {
        return new Compiler.WeightTable(programs, WeightTensors::declare);
    }

    /** Tensors of these weights by name; made once. */
    Map<String, OnnxTensor> of(List<Compiled.Weight> used) {
        var wanted = new LinkedHashMap<String, OnnxTensor>();
        used.forEach(weight -> wanted.put(weight.name(), tensors.computeIfAbsent(weight.name(), name -> create(weight))));
        return wanted;
    }

    private OnnxTensor create(Compiled.Weight weight) {
        FloatBuffer buffer = Ort.floats(weight.parameter().size());
        buffer.put(WeightForms.elements(weights, weight)).rewind();
        bytes += (long) buffer.limit() * Float.BYTES;
        return Ort.tensor(buffer, weight.shape());
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        tensors.clear();
    }
}
