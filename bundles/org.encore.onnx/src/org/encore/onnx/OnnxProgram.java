package org.encore.onnx;

import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.graph.Program;
import org.encore.onnx.runtime.ProgramSession;

/** Any program on ONNX Runtime, in fp32, of standard operators only: for comparing with other interpreters. */
public final class OnnxProgram implements AutoCloseable {

    private final ProgramSession session;

    public OnnxProgram(Program program, Weights weights) {
        session = new ProgramSession(program, weights);
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
