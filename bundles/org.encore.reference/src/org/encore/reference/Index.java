package org.encore.reference;

/** Counts through all positions of a shape, last axis fastest. */
final class Index {

    private final long[] shape;
    final int[] at;

    Index(long[] shape) {
        this.shape = shape;
        this.at = new int[shape.length];
    }

    void next() {
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (++at[axis] < shape[axis]) {
                return;
            }
            at[axis] = 0;
        }
    }

    int offset(int[] strides) {
        int offset = 0;
        for (int axis = 0; axis < at.length; axis++) {
            offset += at[axis] * strides[axis];
        }
        return offset;
    }
}
