package org.encore.graph;

/**
 * A tensor that generation carries from call to call, so that a runtime allocates, grows, reorders and frees it without knowing the
 * architecture. The batch axis is 0.
 *
 * @param name the same as step input and as prefill and step output
 * @param role how it changes
 * @param type as the step program takes it
 */
public record StateSpec(String name, Role role, TensorType type) {

    /** How a state changes. */
    public enum Role {
        /** Grows with every token along axis 2: a cache (B, kvHeads, P, dim). */
        APPEND,
        /** Computed once per source: cross-attention keys and values, source lengths. */
        PER_SOURCE,
        /** Replaced by every step, without a time axis; cannot be rewound. */
        RECURRENT
    }

    /** The axis along which an {@link Role#APPEND} state grows. */
    public static final int GROWING_AXIS = 2;
}
