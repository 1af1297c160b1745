package org.encore.onnx.compile;

/** Which operators a graph may use. */
public enum Dialect {
    /** Standard ONNX operators only: for files. */
    PORTABLE,
    /** Also those of ONNX Runtime's CPU provider, which are faster and grow caches in place. */
    ONNX_RUNTIME
}
