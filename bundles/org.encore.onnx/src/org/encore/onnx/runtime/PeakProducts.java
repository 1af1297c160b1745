package org.encore.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.Probe;
import org.encore.graph.Shape;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/**
 * Products of the size that models of some hundred million parameters make of a source of 512 tokens; the second factor is a constant, as weights
 * are.
 */
public abstract class PeakProducts implements Probe {

    private static final int ROWS = 512;
    private static final int INNER = 1024;
    private static final int COLUMNS = 4096;
    private static final double OPERATIONS = 2.0 * ROWS * INNER * COLUMNS;

    private final Limit limit;

    private PeakProducts(Limit limit) {
        this.limit = limit;
    }

    @Override
    public Limit limit() {
        return limit;
    }

    @Override
    public Availability probe() {
        try {
            return new Availability.Present("ONNX Runtime " + Ort.environment().getVersion());
        } catch (Unavailable missing) {
            return missing.missing();
        }
    }

    /** One session over one product, with buffers of its own for operand and result. */
    private record Prepared(OrtSession session, OnnxTensor left, OnnxTensor result) implements Attempts {
        @Override
        public double once() {
            long begun = System.nanoTime();
            Ort.call("multiply", () -> {
                session.run(Map.of("a", left), Set.of(), Map.of("c", result)).close();
                return null;
            });
            return OPERATIONS / ((System.nanoTime() - begun) / 1e9);
        }

        @Override
        public void close() {
            left.close();
            result.close();
            Ort.call("close", () -> {
                session.close();
                return null;
            });
        }
    }

    /** In fp32. */
    public static final class Fp32 extends PeakProducts {
        public Fp32() {
            super(Limit.FP32_PRODUCTS);
        }

        @Override
        public Attempts open(int threads) {
            var graph = new OnnxGraph("products");
            graph.input("a", ElementType.FLOAT, Shape.of(ROWS, INNER));
            graph.output("c", ElementType.FLOAT, Shape.of(ROWS, COLUMNS));
            graph.reals("b", new long[] {INNER, COLUMNS}, numbers(INNER * COLUMNS));
            graph.node("", "MatMul", Map.of(), List.of("a", "b"), List.of("c"));
            FloatBuffer left = Ort.floats((long) ROWS * INNER).put(0, numbers(ROWS * INNER));
            return new Prepared(Ort.session(graph.toBytes(), Map.of(), threads), Ort.tensor(left, ROWS, INNER),
                    Ort.tensor(Ort.floats((long) ROWS * COLUMNS), ROWS, COLUMNS));
        }
    }

    /** Of bytes, summed in 32 bits. */
    public static final class Int8 extends PeakProducts {
        public Int8() {
            super(Limit.INT8_PRODUCTS);
        }

        @Override
        public Attempts open(int threads) {
            var graph = new OnnxGraph("products");
            graph.input("a", ElementType.UINT8, Shape.of(ROWS, INNER));
            graph.output("c", ElementType.INT32, Shape.of(ROWS, COLUMNS));
            graph.reals("b", new long[] {INNER, COLUMNS}, numbers(INNER * COLUMNS));
            String bytes = graph.node("Cast", Map.of("to", ElementType.INT8.number()), "b");   // folded into a constant when the session is made
            graph.node("", "MatMulInteger", Map.of(), List.of("a", bytes), List.of("c"));
            ByteBuffer left = ByteBuffer.allocateDirect(ROWS * INNER);
            IntBuffer result = Ort.ints((long) ROWS * COLUMNS);
            return new Prepared(Ort.session(graph.toBytes(), Map.of(), threads),
                    Ort.call("wrap a buffer", () -> OnnxTensor.createTensor(Ort.environment(), left, new long[] {ROWS, INNER}, OnnxJavaType.UINT8)),
                    Ort.tensor(result, ROWS, COLUMNS));
        }
    }

    /** Small whole numbers: no denormals, and exact in every type. */
    private static float[] numbers(int count) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i % 7 - 3;
        }
        return numbers;
    }
}
