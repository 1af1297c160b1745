package org.encore.reference;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor in double precision. Whole numbers are exact up to 2^53; truth values are 0 and 1.
 *
 * @param shape sizes, outermost first
 * @param data elements, row by row
 */
public record Value(long[] shape, double[] data) {

    public Value {
        if (size(shape) != data.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " needs " + size(shape) + " elements, not " + data.length);
        }
    }

    public static Value zeros(long... shape) {
        return new Value(shape, new double[size(shape)]);
    }

    public static Value scalar(double value) {
        return new Value(new long[0], new double[] {value});
    }

    public static Value of(long[] shape, long[] data) {
        return new Value(shape, Arrays.stream(data).asDoubleStream().toArray());
    }

    public static Value of(long[] shape, float[] data) {
        var wide = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            wide[i] = data[i];
        }
        return new Value(shape, wide);
    }

    /** The elements in single precision. */
    FloatBuffer floats() {
        var narrow = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            narrow[i] = (float) data[i];
        }
        return FloatBuffer.wrap(narrow);
    }

    static int size(long[] shape) {
        long size = 1;
        for (long dim : shape) {
            size *= dim;
        }
        return Math.toIntExact(size);
    }

    /** Distance between neighbours along each axis when this is read as the larger shape: 0 where it is stretched. */
    int[] strides(long[] as) {
        var strides = new int[as.length];
        int stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i + as.length - shape.length] = shape[i] == 1 ? 0 : stride;
            stride *= (int) shape[i];
        }
        return strides;
    }
}
