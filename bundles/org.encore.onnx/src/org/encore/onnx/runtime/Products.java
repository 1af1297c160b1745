package org.encore.onnx.runtime;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;

/**
 * Whether the runtime multiplies bytes without sign by bytes with sign exactly here. Without instructions for it (AVX2 without VNNI) it adds pairs of
 * products in 16 bits, which overflow; then codes are given without sign. Found out by trying, once.
 */
final class Products {

    private static final int SIZE = 32;

    private Products() {}

    private static final class Tried {
        static final boolean SIGNED = tryIt();
    }

    static boolean signed() {
        return Tried.SIGNED;
    }

    /** Largest activations times largest codes; what overflows comes out too small. */
    private static boolean tryIt() {
        var graph = new OnnxGraph("products");
        graph.input("x", ElementType.FLOAT, Shape.of(Dim.of(1), Dim.of(SIZE)));
        graph.output("y", ElementType.FLOAT, Shape.of(Dim.of(1), Dim.of(SIZE)));
        graph.external("codes", ElementType.INT8, new long[] {SIZE, SIZE}, "memory", 0, SIZE * SIZE);
        graph.node(OnnxGraph.MICROSOFT, "DynamicQuantizeMatMul", Map.of(), List.of("x", "codes", graph.real(1)), List.of("y"));
        ByteBuffer codes = ByteBuffer.allocateDirect(SIZE * SIZE);
        var values = Ort.floats(SIZE);
        for (int i = 0; i < SIZE * SIZE; i++) {
            codes.put(i, (byte) 127);
            values.put(i % SIZE, 255);
        }
        try (OnnxTensor weights = Ort.tensor(codes, OnnxJavaType.INT8, SIZE, SIZE); OnnxTensor x = Ort.tensor(values, 1, SIZE);
                var session = Ort.session(graph.toBytes(), Map.of("codes", weights), 1);
                var result = Ort.call("multiply", () -> session.run(Map.of("x", x)))) {
            float expected = 255f * 127 * SIZE;
            return Math.abs(((OnnxTensor) result.get(0)).getFloatBuffer().get(0) - expected) < expected * 1e-3f;
        } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not multiply: " + e.getMessage(), e);
        }
    }
}
