package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

import org.encore.graph.DType;
import org.encore.graph.StateSpec;

import ai.onnxruntime.OnnxTensor;

/** A state that is held as a whole: computed per source, or replaced by every step. */
final class Held {

    private final StateSpec spec;
    private FloatBuffer floats = Ort.floats(0);
    private LongBuffer longs = Ort.longs(0);
    private long[] shape = {0};

    Held(StateSpec spec) {
        this.spec = spec;
    }

    StateSpec spec() {
        return spec;
    }

    /** Makes room for these sizes. */
    void resize(long rows, long sourceTime) {
        shape = spec.type().shape().evaluate(Map.of("B", rows, "S", sourceTime));
        if (spec.type().dtype() == DType.FLOAT && floats.capacity() < Ort.size(shape)) {
            floats = Ort.floats(Ort.size(shape));
        } else if (spec.type().dtype() == DType.INT && longs.capacity() < Ort.size(shape)) {
            longs = Ort.longs(Ort.size(shape));
        }
    }

    OnnxTensor tensor() {
        return switch (spec.type().dtype()) {
            case FLOAT -> Ort.tensor(floats, shape);
            case INT -> Ort.tensor(longs, shape);
            case BOOL -> throw new UnsupportedOperationException("state " + spec.name() + " of truth values; use whole numbers");
        };
    }

    void put(long[] values) {
        longs.put(0, values);
    }

    void put(FloatBuffer values) {
        floats.put(0, values, 0, Ort.size(shape));
    }

    void select(int[] rows) {
        int size = Ort.size(shape) / (int) shape[0];
        shape = shape.clone();
        shape[0] = rows.length;
        if (spec.type().dtype() == DType.INT) {
            LongBuffer selected = Ort.longs((long) size * rows.length);
            for (int i = 0; i < rows.length; i++) {
                selected.put(i * size, longs, rows[i] * size, size);
            }
            longs = selected;
        } else {
            FloatBuffer selected = Ort.floats((long) size * rows.length);
            for (int i = 0; i < rows.length; i++) {
                selected.put(i * size, floats, rows[i] * size, size);
            }
            floats = selected;
        }
    }
}
