package org.encore.onnx.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.Probe;
import org.encore.graph.Shape;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/** Limits of an NVIDIA GPU by ONNX Runtime, with operands that lie in its memory. */
public abstract class CudaPeaks implements Probe {

    private final Limit limit;

    private CudaPeaks(Limit limit) {
        this.limit = limit;
    }

    @Override
    public Limit limit() {
        return limit;
    }

    @Override
    public String device() {
        return Provider.CUDA.device();
    }

    @Override
    public Availability probe() {
        Availability found = Provider.CUDA.probe();
        return found instanceof Availability.Present present && ForeignCalls.here().isEmpty()
                ? new Availability.Missing(present.description() + " is here, but operands in its memory are not to be had before Java 22",
                        "Start Encore with Java 22 or newer")
                : found;
    }

    /** The graph, and the shape of its operand {@code x}; its result is {@code y}. */
    abstract OnnxGraph graph();

    abstract long[] operand();

    abstract long[] result();

    /** Of one attempt, in the limit's unit. */
    abstract double work();

    @Override
    public Attempts open(int threads) {
        if (probe() instanceof Availability.Missing missing) {
            throw new Unavailable(missing.reason(), missing.remedy());
        }
        OrtSession session = Ort.session(graph().toBytes(), Map.of(), Workers.of(threads), Optional.of(Provider.CUDA));
        Optional<DeviceMemory> memory = Optional.empty();
        try {
            memory = DeviceMemory.of(session, Provider.CUDA.memory(), Optional.of(Provider.CUDA));
            return prepared(session, memory.orElseThrow(() -> new Unavailable("memory of the GPU is not to be had through this build of ONNX Runtime",
                    "Take the build of Maven Central")));
        } catch (RuntimeException e) {   // such as too little memory: what is held already goes back to the GPU
            memory.ifPresent(DeviceMemory::close);
            close(session);
            throw e;
        }
    }

    private Prepared prepared(OrtSession session, DeviceMemory memory) {
        DeviceMemory.Block left = memory.block(bytes(operand()));
        DeviceMemory.Block right = memory.block(bytes(result()));
        return new Prepared(session, memory, left, right, left.floats(operand()), right.floats(result()), work());
    }

    private static void close(OrtSession session) {
        Ort.call("close", () -> {
            session.close();
            return null;
        });
    }

    private static long bytes(long[] shape) {
        long bytes = Float.BYTES;
        for (long dim : shape) {
            bytes *= dim;
        }
        return bytes;
    }

    private record Prepared(OrtSession session, DeviceMemory memory, DeviceMemory.Block left, DeviceMemory.Block right, OnnxTensor x, OnnxTensor y,
            double work) implements Attempts {
        @Override
        public double once() {
            long begun = System.nanoTime();
            Ort.call("compute", () -> {
                session.run(Map.of("x", x), Set.of(), Map.of("y", y)).close();   // waits for the device
                return null;
            });
            return work / ((System.nanoTime() - begun) / 1e9);
        }

        @Override
        public void close() {
            x.close();
            y.close();
            left.free();
            right.free();
            memory.close();
            CudaPeaks.close(session);
        }
    }

    /** In fp32, of matrices of 4096 rows and columns: smaller ones end before all of a GPU is busy. */
    public static final class Products extends CudaPeaks {

        private static final int SIZE = 4096;

        public Products() {
            super(Limit.FP32_PRODUCTS);
        }

        @Override
        OnnxGraph graph() {
            var graph = new OnnxGraph("products");
            graph.input("x", ElementType.FLOAT, Shape.of(SIZE, SIZE));
            graph.output("y", ElementType.FLOAT, Shape.of(SIZE, SIZE));
            var numbers = new float[SIZE * SIZE];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i % 7 - 3;
            }
            graph.reals("b", new long[] {SIZE, SIZE}, numbers);
            graph.node("", "MatMul", Map.of(), List.of("x", "b"), List.of("y"));
            return graph;
        }

        @Override
        long[] operand() {
            return new long[] {SIZE, SIZE};
        }

        @Override
        long[] result() {
            return new long[] {SIZE, SIZE};
        }

        @Override
        double work() {
            return 2.0 * SIZE * SIZE * SIZE;
        }
    }

    /** Of 2 GB that are summed, many times what its caches hold. */
    public static final class Read extends CudaPeaks {

        private static final int ROWS = 1 << 9;
        private static final int COLUMNS = 1 << 20;

        public Read() {
            super(Limit.READ_BANDWIDTH);
        }

        @Override
        OnnxGraph graph() {
            var graph = new OnnxGraph("sum");
            graph.input("x", ElementType.FLOAT, Shape.of(ROWS, COLUMNS));
            graph.output("y", ElementType.FLOAT, Shape.of(ROWS));
            graph.node("", "ReduceSum", Map.of("keepdims", 0), List.of("x", graph.longs(false, 1)), List.of("y"));
            return graph;
        }

        @Override
        long[] operand() {
            return new long[] {ROWS, COLUMNS};
        }

        @Override
        long[] result() {
            return new long[] {ROWS};
        }

        @Override
        double work() {
            return (double) ROWS * COLUMNS * Float.BYTES;
        }
    }
}
