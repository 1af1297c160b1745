package org.encore.onnx.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;
import org.jspecify.annotations.Nullable;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

/**
 * Memory of the hardware that a session's provider computes on. A tensor of it goes into a run and comes out of it without a copy to the processor's
 * memory and back. The runtime's C interface has that and its Java classes have not, so a few of its functions are called directly
 * (onnxruntime_c_api.h; the order of the functions in its table never changes).
 */
final class DeviceMemory implements AutoCloseable {

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int CREATE_TENSOR_WITH_DATA = 49;
    private static final int CREATE_MEMORY_INFO = 68;
    private static final int ALLOCATOR_ALLOC = 75;
    private static final int ALLOCATOR_FREE = 76;
    private static final int RELEASE_STATUS = 93;
    private static final int RELEASE_MEMORY_INFO = 94;
    private static final int CREATE_ALLOCATOR = 131;
    private static final int RELEASE_ALLOCATOR = 132;
    private static final int FLOAT = 1;
    private static final int LONGEST_MESSAGE = 4096;

    private final ForeignCalls calls;
    private final Optional<Provider> provider;
    private final long table;
    private final long info;
    private final long allocator;
    private final MethodHandle message;
    private final MethodHandle releaseStatus;
    private final MethodHandle tensor;
    private final MethodHandle alloc;
    private final MethodHandle free;
    private final Constructor<OnnxTensor> newTensor;
    private final Constructor<TensorInfo> newInfo;
    private final LongBuffer out = longs(1);
    private boolean closed;
    private @Nullable OrtSession picks;
    private @Nullable OrtSession fills;

    /** Some memory of the device. */
    final class Block {

        private final long bytes;
        private final long address;
        private boolean freed;

        private Block(long bytes) {
            this.bytes = bytes;
            this.address = allocate(bytes);
        }

        long bytes() {
            return bytes;
        }

        /** The first elements as fp32 numbers, without a copy; to be closed before the block is. */
        OnnxTensor floats(long... shape) {
            return view(address, bytes, shape);
        }

        void free() {
            if (!freed && !closed) {   // with the session goes all that its allocator gave
                freed = true;
                check(() -> (long) free.invokeExact(allocator, address));
            }
        }
    }

    private DeviceMemory(ForeignCalls calls, OrtSession session, String name, Optional<Provider> provider) throws ReflectiveOperationException {
        this.calls = calls;
        this.provider = provider;
        table = hidden(Class.forName("ai.onnxruntime.OnnxRuntime", true, OrtEnvironment.class.getClassLoader()), "ortApiHandle").getLong(null);
        newTensor = OnnxTensor.class.getDeclaredConstructor(long.class, long.class, TensorInfo.class);
        newTensor.setAccessible(true);
        newInfo = TensorInfo.class.getDeclaredConstructor(long[].class, OnnxJavaType.class, TensorInfo.OnnxTensorType.class);
        newInfo.setAccessible(true);
        message = calls.function(entry(GET_ERROR_MESSAGE), "l");
        releaseStatus = calls.procedure(entry(RELEASE_STATUS), "l");
        tensor = calls.function(entry(CREATE_TENSOR_WITH_DATA), "lllllil");
        alloc = calls.function(entry(ALLOCATOR_ALLOC), "lll");
        free = calls.function(entry(ALLOCATOR_FREE), "ll");
        ByteBuffer text = direct(name.length() + 1L).put(0, name.getBytes(StandardCharsets.US_ASCII));
        MethodHandle createInfo = calls.function(entry(CREATE_MEMORY_INFO), "liiil");
        check(() -> (long) createInfo.invokeExact(calls.address(text), 0, 0, 0, calls.address(out)));
        Reference.reachabilityFence(text);   // its address alone would not keep it
        info = out.get(0);
        long handle = hidden(OrtSession.class, "nativeHandle").getLong(session);
        MethodHandle createAllocator = calls.function(entry(CREATE_ALLOCATOR), "lll");
        check(() -> (long) createAllocator.invokeExact(handle, info, calls.address(out)));
        allocator = out.get(0);
    }

    /**
     * Memory of what a session computes on; empty if it cannot be reached: before Java 22, or if the provider names none.
     *
     * @param name as the runtime calls it: {@code Cuda}, {@code Cpu}
     * @param provider of the session; the processor if empty
     */
    static Optional<DeviceMemory> of(OrtSession session, String name, Optional<Provider> provider) {
        if (name.isEmpty() || ForeignCalls.here().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeviceMemory(ForeignCalls.here().get(), session, name, provider));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();   // another version of the Java classes, or a provider without memory of its own: copies do the same
        }
    }

    private static Field hidden(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private long entry(int place) {
        return calls.at(table + (long) place * Long.BYTES, Long.BYTES).getLong(0);
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }

    private static LongBuffer longs(int count) {
        return direct((long) count * Long.BYTES).asLongBuffer();
    }

    /** A call that gives a status: 0 if all went well. */
    private interface Call {
        long run() throws Throwable;
    }

    private void check(Call call) {
        try {
            long status = call.run();
            if (status != 0) {
                ByteBuffer said = calls.at((long) message.invokeExact(status), LONGEST_MESSAGE);
                var text = new StringBuilder();
                for (int i = 0; i < LONGEST_MESSAGE && said.get(i) != 0; i++) {
                    text.append((char) said.get(i));
                }
                releaseStatus.invokeExact(status);
                throw new IllegalStateException("ONNX Runtime could not use memory of the device: " + text);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("ONNX Runtime could not be called: " + e, e);
        }
    }

    private synchronized long allocate(long bytes) {
        check(() -> (long) alloc.invokeExact(allocator, bytes, calls.address(out)));
        return out.get(0);
    }

    private synchronized OnnxTensor view(long address, long bytes, long... shape) {
        LongBuffer dims = longs(shape.length).put(0, shape);
        check(() -> (long) tensor.invokeExact(info, address, bytes, calls.address(dims), (long) shape.length, FLOAT, calls.address(out)));
        Reference.reachabilityFence(dims);
        try {
            return newTensor.newInstance(out.get(0), 0L, newInfo.newInstance(shape, OnnxJavaType.FLOAT,
                    TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ONNX Runtime's Java classes do not take a tensor of the device: " + e, e);
        }
    }

    /** Room for this many bytes, all zero: what was there may be no number, and attention takes what it does not see zero times. */
    Block block(long bytes) {
        var block = new Block(Math.max(bytes, Float.BYTES));
        long count = block.bytes() / Float.BYTES;
        try (OnnxTensor shape = Ort.tensor(Ort.longs(1).put(0, count), 1); OnnxTensor zeros = block.floats(count)) {
            Ort.call("fill memory", () -> {
                filler().run(Map.of("shape", shape), Set.of(), Map.of("y", zeros)).close();
                return null;
            });
        }
        return block;
    }

    private synchronized OrtSession filler() {
        OrtSession session = fills;
        if (session == null) {
            var graph = new OnnxGraph("zeros");
            graph.input("shape", ElementType.INT64, Shape.of(1));
            graph.output("y", ElementType.FLOAT, Shape.of(Dim.symbol("N")));
            graph.node("", "Expand", Map.of(), List.of(graph.real(0), "shape"), List.of("y"));
            session = Ort.session(graph.toBytes(), Map.of(), Workers.of(1), provider);
            fills = session;
        }
        return session;
    }

    /**
     * Copies rows on the device.
     *
     * @param size elements of a row
     * @param available rows of the source
     * @param picked which of them, in their new order
     */
    void rows(Block from, Block to, long size, int available, int[] picked) {
        LongBuffer order = Ort.longs(picked.length);
        for (int i = 0; i < picked.length; i++) {
            order.put(i, picked[i]);
        }
        try (OnnxTensor before = from.floats(available, size); OnnxTensor after = to.floats(picked.length, size);
                OnnxTensor indices = Ort.tensor(order, picked.length)) {
            Ort.call("copy rows", () -> {
                picker().run(Map.of("x", before, "rows", indices), Set.of(), Map.of("y", after)).close();
                return null;
            });
        }
    }

    private synchronized OrtSession picker() {
        OrtSession session = picks;
        if (session == null) {
            var graph = new OnnxGraph("rows");
            graph.input("x", ElementType.FLOAT, Shape.of(Dim.symbol("B"), Dim.symbol("N")));
            graph.input("rows", ElementType.INT64, Shape.of(Dim.symbol("R")));
            graph.output("y", ElementType.FLOAT, Shape.of(Dim.symbol("R"), Dim.symbol("N")));
            graph.node("", "Gather", Map.of("axis", 0), List.of("x", "rows"), List.of("y"));
            session = Ort.session(graph.toBytes(), Map.of(), Workers.of(1), provider);
            picks = session;
        }
        return session;
    }

    @Override
    public void close() {
        closed = true;
        for (OrtSession session : Stream.of(picks, fills).filter(Objects::nonNull).toList()) {
            Ort.call("close", () -> {
                session.close();
                return null;
            });
        }
        try {
            calls.procedure(entry(RELEASE_ALLOCATOR), "l").invokeExact(allocator);
            calls.procedure(entry(RELEASE_MEMORY_INFO), "l").invokeExact(info);
        } catch (Throwable e) {
            throw new IllegalStateException("ONNX Runtime could not be called: " + e, e);
        }
    }
}
