package org.encore.api.architecture;

/** What an attention looks at. */
public sealed interface Attend {

    /** Every token of the own row, both ways: an encoder's self-attention. */
    record Bidirectional() implements Attend {}

    /** Earlier tokens of the own row; with {@code prefix}, the whole source is visible to itself both ways (a prefix-LM). */
    record Causal(boolean prefix) implements Attend {}

    /** Another sequence: cross-attention, whose keys and values are computed once per source. */
    record Over(Memory memory) implements Attend {}

    static Attend bidirectional() {
        return new Bidirectional();
    }

    static Attend causal() {
        return new Causal(false);
    }

    static Attend over(Memory memory) {
        return new Over(memory);
    }
}
