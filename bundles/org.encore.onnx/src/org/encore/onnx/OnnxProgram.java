package org.encore.onnx;

import java.util.Map;

import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.graph.Program;
import org.encore.onnx.compile.Dialect;
import org.encore.onnx.runtime.ProgramSession;

/** Any program on ONNX Runtime: for comparing with other interpreters. */
public final class OnnxProgram implements AutoCloseable {

    private final ProgramSession session;

    /** In fp32, of standard operators only. */
    public OnnxProgram(Program program, Weights weights) {
        this(program, weights, false, Map.of());
    }

    /**
     * With matrices in other forms.
     *
     * @param kernels whether ONNX Runtime's own operators may be used beside standard ones
     * @param storages of matrices by name; fp32 for those that are not there
     */
    public OnnxProgram(Program program, Weights weights, boolean kernels, Map<String, Storage> storages) {
        session = new ProgramSession(program, weights, kernels ? Dialect.ONNX_RUNTIME : Dialect.PORTABLE, storages);
    }

    /**
     * An input or output.
     *
     * @param shape sizes, outermost first
     * @param data elements, row by row; converted to what the program's input takes
     */
    public record Array(long[] shape, double[] data) {}

    /** All outputs by name. */
    public Map<String, Array> run(Map<String, Array> inputs) {
        return session.run(inputs);
    }

    @Override
    public void close() {
        session.close();
    }
}
