package org.encore.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.graph.Program;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.WeightTable;
import org.encore.onnx.compile.View;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;

/** Weights as the runtime wants them, in direct buffers that all sessions of a model share. */
final class WeightTensors implements AutoCloseable {

    /** Files that point to weights in memory need some name of a place. */
    private static final String IN_MEMORY = "memory";

    private final WeightForms forms;
    private final Map<String, ByteBuffer> buffers = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    WeightTensors(Weights weights) {
        this.forms = new WeightForms(weights);
    }

    static void declare(OnnxGraph graph, Compiled.Weight weight) {
        graph.external(weight.name(), weight.type(), weight.shape(), IN_MEMORY, 0, weight.bytes());
    }

    static WeightTable table(List<Program> programs, Map<String, Storage> storages) {
        return new WeightTable(programs, storages, WeightTensors::declare);
    }

    /** Tensors of these weights by name; made once. */
    Map<String, OnnxTensor> of(List<Compiled.Weight> used) {
        var wanted = new LinkedHashMap<String, OnnxTensor>();
        used.forEach(weight -> wanted.put(weight.name(), tensors.computeIfAbsent(weight.name(), name -> create(weight))));
        forms.clear();
        return wanted;
    }

    /**
     * Bytes that these weights will take, without making them; what is shared counts once.
     *
     * @throws IllegalArgumentException if one of them is larger than a buffer can be
     */
    static long bytes(List<Compiled.Weight> used) {
        var places = new LinkedHashMap<String, Long>();
        for (Compiled.Weight weight : used) {
            if (weight.bytes() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("parameter " + weight.parameter().name() + " has " + Room.words(weight.bytes())
                        + " in this form, but a buffer given to ONNX Runtime holds " + Room.words(Integer.MAX_VALUE)
                        + ". Quantise it (quantization: int8 or int4), or make its matrix smaller.");
            }
            places.put(place(weight), weight.bytes());
        }
        return places.values().stream().mapToLong(Long::longValue).sum();
    }

    private OnnxTensor create(Compiled.Weight weight) {
        ByteBuffer buffer = buffers.computeIfAbsent(place(weight), place -> {
            ByteBuffer made = Ort.bytes(weight.bytes());
            forms.write(weight, made.duplicate().order(ByteOrder.nativeOrder()));
            return made;
        });
        return switch (weight.type()) {
            case FLOAT -> Ort.tensor(buffer.asFloatBuffer(), weight.shape());
            case UINT8 -> Ort.tensor(buffer, OnnxJavaType.UINT8, weight.shape());
            case INT8 -> Ort.tensor(buffer, OnnxJavaType.INT8, weight.shape());
            case INT32, INT64, BOOL -> throw new IllegalStateException("weight " + weight.name() + " of " + weight.type());
        };
    }

    /** Rows to look up are the bytes that are multiplied, in another shape. */
    private static String place(Compiled.Weight weight) {
        return weight.view() instanceof View.PackedRows(var form) ? new Compiled.Weight(weight.parameter(), new View.Packed(form)).name() : weight.name();
    }

    long bytes() {
        return buffers.values().stream().mapToLong(ByteBuffer::capacity).sum();
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        tensors.clear();
        buffers.clear();
    }
}
