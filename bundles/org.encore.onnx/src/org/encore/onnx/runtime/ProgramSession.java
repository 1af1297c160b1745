package org.encore.onnx.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.graph.DType;
import org.encore.graph.Program;
import org.encore.onnx.OnnxProgram.Array;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;
import org.encore.onnx.compile.Dialect;
import org.encore.onnx.compile.Form;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/** One program in a session. */
public final class ProgramSession implements AutoCloseable {

    private final Program program;
    private final Compiled compiled;
    private final WeightTensors weights;
    private final OrtSession session;

    /** @param storages of matrices by name; fp32 for those that are not there */
    public ProgramSession(Program program, Weights given, Dialect dialect, Map<String, Storage> storages) {
        this.program = program;
        this.weights = new WeightTensors(given);
        this.compiled = Compiler.compile(program, Form.inProcess(dialect, Products.signed()), WeightTensors.table(List.of(program), storages));
        this.session = Ort.session(compiled.file(), weights.of(compiled.weights()), 1);
    }

    public Map<String, Array> run(Map<String, Array> inputs) {
        var given = new HashMap<String, OnnxTensor>();
        for (String name : compiled.inputs()) {
            Array array = inputs.get(name);
            if (array == null) {
                throw new IllegalArgumentException("program " + program.name() + " needs input " + name + "; given are " + inputs.keySet());
            }
            given.put(name, tensor(program.input(name).dtype(), array));
        }
        try (var result = Ort.call("run " + program.name(), () -> session.run(given))) {
            var outputs = new LinkedHashMap<String, Array>();
            for (String name : compiled.outputs()) {
                String output = compiled.inputs().contains(name) ? Compiler.output(name) : name;
                outputs.put(name, array((OnnxTensor) result.get(output).orElseThrow()));
            }
            return outputs;
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(DType dtype, Array array) {
        double[] data = array.data();
        return switch (dtype) {
            case FLOAT -> {
                var floats = Ort.floats(data.length);
                for (int i = 0; i < data.length; i++) {
                    floats.put(i, (float) data[i]);
                }
                yield Ort.tensor(floats, array.shape());
            }
            case INT -> {
                var longs = Ort.longs(data.length);
                for (int i = 0; i < data.length; i++) {
                    longs.put(i, (long) data[i]);
                }
                yield Ort.tensor(longs, array.shape());
            }
            case BOOL -> throw new UnsupportedOperationException("inputs of truth values");
        };
    }

    private static Array array(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        var data = new double[Ort.size(shape)];
        switch (tensor.getInfo().type) {
            case FLOAT -> {
                var floats = tensor.getFloatBuffer();
                for (int i = 0; i < data.length; i++) {
                    data[i] = floats.get(i);
                }
            }
            case INT64 -> {
                var longs = tensor.getLongBuffer();
                for (int i = 0; i < data.length; i++) {
                    data[i] = longs.get(i);
                }
            }
            default -> throw new UnsupportedOperationException("outputs of type " + tensor.getInfo().type);
        }
        return new Array(shape, data);
    }

    @Override
    public void close() {
        Ort.call("close", () -> {
            session.close();
            return null;
        });
        weights.close();
    }
}
