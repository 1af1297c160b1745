package org.encore.graph;

/** Element kind of a tensor. Precision (double, float, bfloat16, int8 …) is the interpreter's choice, not the graph's. */
public enum DType {
    /** A real number. */
    FLOAT,
    /** A 64-bit integer: token ids, lengths, positions. */
    INT,
    /** A truth value: masks. */
    BOOL
}
