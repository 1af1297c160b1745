package org.encore.onnx.runtime;

import java.nio.FloatBuffer;

import org.encore.graph.StateSpec;

import ai.onnxruntime.OnnxTensor;
import org.jspecify.annotations.Nullable;

/** An append state (rows, kvHeads, time, dim) that a step gives anew, longer by its tokens, and the next step takes. */
final class HandedCache {

    private final StateSpec spec;
    private final int heads;
    private final int width;
    /** What the next step takes: of a step's result, or of a buffer of our own. */
    private @Nullable OnnxTensor now;
    private boolean own;

    HandedCache(StateSpec spec) {
        this.spec = spec;
        this.heads = (int) spec.type().shape().get(1).size();
        this.width = (int) spec.type().shape().get(3).size();
    }

    String name() {
        return spec.name();
    }

    /** Nothing yet: one place, of which no row has used any. */
    void clear(int rows) {
        hold(Ort.floats((long) rows * heads * width), rows, 1);
    }

    private void hold(FloatBuffer entries, int rows, int time) {
        close();
        now = Ort.tensor(entries, rows, heads, time, width);
        own = true;
    }

    OnnxTensor tensor() {
        OnnxTensor held = now;
        if (held == null) {
            throw new IllegalStateException("cache " + name() + " before a source was read");
        }
        return held;
    }

    /** Takes what a step gave; whoever made it closes it. What lies behind this many entries of each row is left out. */
    void take(OnnxTensor grown, int time) {
        if (time(grown) != time) {
            FloatBuffer from = grown.getFloatBuffer();
            int rows = (int) grown.getInfo().getShape()[0];
            FloatBuffer cut = Ort.floats((long) rows * heads * time * width);
            for (int i = 0; i < rows * heads; i++) {
                cut.put(i * time * width, from, i * time(grown) * width, time * width);
            }
            hold(cut, rows, time);
            return;
        }
        close();
        now = grown;
        own = false;
    }

    /** Entries of each row, used or not. */
    static int time(OnnxTensor cache) {
        return (int) cache.getInfo().getShape()[StateSpec.GROWING_AXIS];
    }

    /** A copy of what a step gave. */
    void copy(OnnxTensor grown) {
        FloatBuffer from = grown.getFloatBuffer();
        long[] shape = grown.getInfo().getShape();
        hold(Ort.floats(from.remaining()).put(0, from, 0, from.remaining()), (int) shape[0], (int) shape[StateSpec.GROWING_AXIS]);
    }

    /** Puts rows in another order. */
    void select(int[] rows) {
        OnnxTensor before = tensor();
        FloatBuffer from = before.getFloatBuffer();
        int time = time(before);
        int size = heads * time * width;
        FloatBuffer ordered = Ort.floats((long) rows.length * size);
        for (int i = 0; i < rows.length; i++) {
            ordered.put(i * size, from, rows[i] * size, size);
        }
        hold(ordered, rows.length, time);
    }

    void close() {
        if (own && now != null) {
            now.close();
        }
        now = null;
    }
}
