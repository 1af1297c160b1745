package org.encore.onnx.runtime;

import java.nio.FloatBuffer;

import org.encore.graph.StateSpec;

import ai.onnxruntime.OnnxTensor;

/** An append state (rows, kvHeads, capacity, dim) in the processor's memory, allocated once. A second buffer appears only when it is needed. */
final class Cache implements AppendCache {

    private final String name;
    private final int heads;
    private final int width;
    private final int mostRows;
    private final int capacity;
    private FloatBuffer entries;
    private @org.jspecify.annotations.Nullable FloatBuffer spare;

    Cache(StateSpec spec, int rows, int capacity) {
        this.name = spec.name();
        this.heads = (int) spec.type().shape().get(1).size();
        this.width = (int) spec.type().shape().get(3).size();
        this.mostRows = rows;
        this.capacity = capacity;
        this.entries = Ort.floats((long) rows * heads * capacity * width);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OnnxTensor tensor(int rows) {
        return Ort.tensor(entries, rows, heads, capacity, width);
    }

    @Override
    public OnnxTensor nextTensor(int rows) {
        return Ort.tensor(spare(), rows, heads, capacity, width);
    }

    private FloatBuffer spare() {
        FloatBuffer other = spare;
        if (other == null) {
            other = Ort.floats((long) mostRows * heads * capacity * width);
            spare = other;
        }
        return other;
    }

    @Override
    public void exchange() {
        FloatBuffer other = spare();
        spare = entries;
        entries = other;
    }

    /**
     * Takes new entries from a grown copy (rows, kvHeads, time, dim).
     *
     * @param from first entry of each row in the copy
     * @param count entries of each row
     */
    void take(FloatBuffer grown, int time, long[] from, long[] count) {
        for (int row = 0; row < from.length; row++) {
            for (int head = 0; head < heads; head++) {
                int source = ((row * heads + head) * time + (int) from[row]) * width;
                int target = ((row * heads + head) * capacity + (int) from[row]) * width;
                entries.put(target, grown, source, (int) count[row] * width);
            }
        }
    }

    @Override
    public void select(int[] rows, long[] lengths) {
        FloatBuffer target = entries;
        boolean downwards = true;
        for (int i = 0; i < rows.length; i++) {
            downwards &= rows[i] >= i && (i == 0 || rows[i] > rows[i - 1]);
        }
        if (!downwards) {
            target = spare();
        }
        for (int i = 0; i < rows.length; i++) {
            for (int head = 0; head < heads; head++) {
                int from = (rows[i] * heads + head) * capacity * width;
                int to = (i * heads + head) * capacity * width;
                if (target != entries || from != to) {
                    target.put(to, entries, from, (int) lengths[rows[i]] * width);
                }
            }
        }
        if (target != entries) {
            exchange();
        }
    }

    @Override
    public void close() {
        // the buffers are the collector's
    }
}
