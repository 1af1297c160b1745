package org.encore.graph;

/** Names of the inputs and outputs that all programs share; see {@link Model} for their meaning and shapes. */
public final class Names {

    public static final String SOURCE = "source";
    public static final String SOURCE_LENGTHS = "sourceLengths";
    public static final String TARGET = "target";
    public static final String TARGET_LENGTHS = "targetLengths";
    public static final String TOKENS = "tokens";
    public static final String TOKEN_LENGTHS = "tokenLengths";
    public static final String PAST_LENGTHS = "pastLengths";
    public static final String LOGITS = "logits";
    /** Of an objective: (B, T) token ids. */
    public static final String LABELS = "labels";
    /** Of an objective: (B, T) truth values, false where padding must not count. */
    public static final String MASK = "mask";
    /** Of an objective that learns from a teacher: (B, T, K) ids of the teacher's likeliest tokens. */
    public static final String TEACHER_TOKENS = "teacherTokens";
    /** Of an objective that learns from a teacher: (B, T, K) natural logarithms of their probabilities; (B, T, V) if there are no ids. */
    public static final String TEACHER_LOG_PROBABILITIES = "teacherLogProbabilities";
    /** Of an objective that learns from a teacher: (B, T) probability of all other tokens together. */
    public static final String TEACHER_TAIL = "teacherTail";
    /** Of an objective whose parts are weighed anew at every step: a scalar, the weight of what the teacher says. */
    public static final String TEACHER_WEIGHT = "teacherWeight";
    /** Of an objective whose parts are weighed anew at every step: a scalar, the weight of the labels. */
    public static final String LABEL_WEIGHT = "labelWeight";
    /** Of an objective whose temperature changes: a scalar; the teacher's logarithms are then at temperature 1. */
    public static final String TEMPERATURE = "temperature";
    /**
     * Of a train program, and of an objective that reads them: (B, T, W) hidden states at the target's positions, those of several blocks side by
     * side.
     *
     * @since 0.1.0
     */
    public static final String STATES = "states";
    /**
     * Of an objective that matches hidden states: (B, T, U) those of the teacher, side by side.
     *
     * @since 0.1.0
     */
    public static final String TEACHER_STATES = "teacherStates";
    /**
     * Of an objective that matches hidden states: a scalar, the weight of their distance.
     *
     * @since 0.1.0
     */
    public static final String STATE_WEIGHT = "stateWeight";
    /** Of an objective: the scalar to minimise. */
    public static final String LOSS = "loss";

    private Names() {}
}
