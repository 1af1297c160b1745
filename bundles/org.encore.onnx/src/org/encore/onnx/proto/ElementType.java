package org.encore.onnx.proto;

import org.encore.graph.DType;

/** Element types of ONNX tensors that are used here, with their numbers in TensorProto.DataType. */
public enum ElementType {
    FLOAT(1), INT32(6), INT64(7), BOOL(9);

    private final int number;

    ElementType(int number) {
        this.number = number;
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
