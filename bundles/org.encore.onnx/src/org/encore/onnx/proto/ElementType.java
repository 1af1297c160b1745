package org.encore.onnx.proto;

import org.encore.graph.DType;

/** Element types of ONNX tensors that are used here, with their numbers in TensorProto.DataType. */
public enum ElementType {
    FLOAT(1, 4), UINT8(2, 1), INT8(3, 1), INT32(6, 4), INT64(7, 8), BOOL(9, 1);

    private final int number;
    private final int bytes;

    ElementType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    public int number() {
        return number;
    }

    public static ElementType of(DType dtype) {
        return switch (dtype) {
            case FLOAT -> FLOAT;
            case INT -> INT64;
            case BOOL -> BOOL;
        };
    }
}
