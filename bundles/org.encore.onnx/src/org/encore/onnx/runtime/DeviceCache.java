package org.encore.onnx.runtime;

import org.encore.graph.StateSpec;
import org.encore.onnx.runtime.DeviceMemory.Block;
import org.jspecify.annotations.Nullable;

import ai.onnxruntime.OnnxTensor;

/** An append state in the memory of the hardware that computes. */
final class DeviceCache implements AppendCache {

    private final DeviceMemory memory;
    private final String name;
    private final int heads;
    private final int width;
    private final int capacity;
    private final long bytes;
    private Block entries;
    private @Nullable Block spare;
    private int rows;

    DeviceCache(DeviceMemory memory, StateSpec spec, int mostRows, int capacity) {
        this.memory = memory;
        this.name = spec.name();
        this.heads = (int) spec.type().shape().get(1).size();
        this.width = (int) spec.type().shape().get(3).size();
        this.capacity = capacity;
        this.bytes = (long) mostRows * heads * capacity * width * Float.BYTES;
        this.entries = memory.block(bytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OnnxTensor tensor(int count) {
        rows = count;
        return entries.floats(count, heads, capacity, width);
    }

    @Override
    public OnnxTensor nextTensor(int count) {
        return spare().floats(count, heads, capacity, width);
    }

    private Block spare() {
        Block other = spare;
        if (other == null) {
            other = memory.block(bytes);
            spare = other;
        }
        return other;
    }

    @Override
    public void exchange() {
        Block other = spare();
        spare = entries;
        entries = other;
    }

    @Override
    public void select(int[] picked, long[] lengths) {
        memory.rows(entries, spare(), (long) heads * capacity * width, rows, picked);
        exchange();
    }

    @Override
    public void close() {
        entries.free();
        Block other = spare;
        if (other != null) {
            other.free();
        }
    }
}
