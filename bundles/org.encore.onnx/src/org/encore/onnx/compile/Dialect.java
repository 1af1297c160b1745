package org.encore.onnx.compile;

/** Which operators a graph may use. */
public enum Dialect {
    /** Standard ONNX operators only: for files. */
    PORTABLE,
    /** Also those of ONNX Runtime's CPU provider, which are faster and grow caches in place. */
    ONNX_RUNTIME,
    /**
     * For other providers of ONNX Runtime: standard operators and the normalisation that all of them have; caches of a fixed capacity, which a step
     * writes into. The CPU provider's fused attention is on other hardware only in some precisions, or not at all.
     */
    PROVIDER
}
