package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.graph.DType;
import org.encore.graph.StateSpec;

import ai.onnxruntime.OnnxTensor;

/**
 * A state that is held as a whole: computed per source, or replaced by every step. What replaces it is written beside it and then takes its
 * place, so that a step of a recurrent model allocates nothing.
 */
final class Held {

    private final StateSpec spec;
    private Elements now;
    private Elements next;
    private long[] shape = {0};

    /** Room for elements of either kind, or for real ones on the device. */
    private sealed interface Elements {

        record Floats(FloatBuffer buffer) implements Elements {}

        record Longs(LongBuffer buffer) implements Elements {}

        record OnDevice(DeviceMemory memory, DeviceMemory.Block block) implements Elements {}

        default long capacity() {
            return switch (this) {
                case OnDevice(DeviceMemory memory, DeviceMemory.Block block) -> block.bytes() / Float.BYTES;
                case Floats(FloatBuffer buffer) -> buffer.capacity();
                case Longs(LongBuffer buffer) -> buffer.capacity();
            };
        }

        /** These elements, or new ones if there are too few. */
        default Elements atLeast(int size) {
            return capacity() >= size ? this : switch (this) {
                case Floats f -> new Floats(Ort.floats(size));
                case Longs l -> new Longs(Ort.longs(size));
                case OnDevice(DeviceMemory memory, DeviceMemory.Block block) -> {
                    block.free();
                    yield new OnDevice(memory, memory.block((long) size * Float.BYTES));
                }
            };
        }

        default OnnxTensor tensor(long[] shape) {
            return switch (this) {
                case Floats(FloatBuffer buffer) -> Ort.tensor(buffer, shape);
                case Longs(LongBuffer buffer) -> Ort.tensor(buffer, shape);
                case OnDevice(DeviceMemory memory, DeviceMemory.Block block) -> block.floats(shape);
            };
        }

        /** Copies elements from another of the same kind. */
        default void put(int to, Elements from, int start, int count) {
            switch (this) {
                case Floats(FloatBuffer buffer) -> buffer.put(to, ((Floats) from).buffer(), start, count);
                case Longs(LongBuffer buffer) -> buffer.put(to, ((Longs) from).buffer(), start, count);
                case OnDevice device -> throw new IllegalStateException("elements of the device are copied there");
            }
        }

        default void clear(int count) {
            for (int i = 0; i < count; i++) {
                switch (this) {
                    case Floats(FloatBuffer buffer) -> buffer.put(i, 0);
                    case Longs(LongBuffer buffer) -> buffer.put(i, 0);
                    case OnDevice device -> throw new IllegalStateException("a state that begins with zeros lies in the processor's memory");
                }
            }
        }
    }

    Held(StateSpec spec) {
        this(spec, Optional.empty());
    }

    /** @param memory of the device that computes the state and reads it; the processor's if empty */
    Held(StateSpec spec, Optional<DeviceMemory> memory) {
        this.spec = spec;
        this.now = none(memory);
        this.next = none(memory);
    }

    private Elements none(Optional<DeviceMemory> memory) {
        if (memory.isPresent() && spec.type().dtype() == DType.FLOAT && !recurrent()) {
            return new Elements.OnDevice(memory.get(), memory.get().block(0));
        }
        return switch (spec.type().dtype()) {
            case FLOAT -> new Elements.Floats(Ort.floats(0));
            case INT -> new Elements.Longs(Ort.longs(0));
            case BOOL -> throw new UnsupportedOperationException("state " + spec.name() + " of truth values; use whole numbers");
        };
    }

    StateSpec spec() {
        return spec;
    }

    boolean recurrent() {
        return spec.role() == StateSpec.Role.RECURRENT;
    }

    /** Makes room for these sizes; a recurrent state begins with zeros. */
    void resize(long rows, long sourceTime) {
        shape = spec.type().shape().evaluate(Map.of("B", rows, "S", sourceTime));
        now = now.atLeast(Ort.size(shape));
        if (recurrent()) {
            now.clear(Ort.size(shape));
        }
    }

    /** The state as a step takes it. */
    OnnxTensor tensor() {
        return now.tensor(shape);
    }

    /** Where a step writes what comes next. */
    OnnxTensor nextTensor() {
        next = next.atLeast(Ort.size(shape));
        return next.tensor(shape);
    }

    /** After a step: what it wrote is the state. */
    void advance() {
        Elements written = next;
        next = now;
        now = written;
    }

    void put(long[] values) {
        ((Elements.Longs) now).buffer().put(0, values);
    }

    void put(OnnxTensor values) {
        Elements given = spec.type().dtype() == DType.INT ? new Elements.Longs(values.getLongBuffer()) : new Elements.Floats(values.getFloatBuffer());
        now.put(0, given, 0, Ort.size(shape));
    }

    /** Puts rows in another order. */
    void select(int[] rows) {
        int size = Ort.size(shape) / (int) shape[0];
        int available = (int) shape[0];
        shape = shape.clone();
        shape[0] = rows.length;
        next = next.atLeast(Ort.size(shape));
        if (now instanceof Elements.OnDevice(DeviceMemory memory, DeviceMemory.Block block)) {
            memory.rows(block, ((Elements.OnDevice) next).block(), size, available, rows);
        } else {
            for (int i = 0; i < rows.length; i++) {
                next.put(i * size, now, rows[i] * size, size);
            }
        }
        advance();
    }

    void close() {
        for (Elements elements : List.of(now, next)) {
            if (elements instanceof Elements.OnDevice(DeviceMemory memory, DeviceMemory.Block block)) {
                block.free();
            }
        }
    }
}
