package org.encore.api.architecture;

/** What an attention looks at. */
public sealed interface Attend {

    /** How many tokens are seen on each side, the own one among them; 0 for all. */
    default int window() {
        return 0;
    }

    /**
     * Tokens of the own row, both ways: an encoder's self-attention.
     *
     * @param window how many tokens are seen on each side, the own one among them; 0 for all
     */
    record Bidirectional(int window) implements Attend {

        public Bidirectional {
            if (window < 0) {
                throw new IllegalArgumentException("a window of " + window + " tokens: give a positive number, or 0 for all");
            }
        }
    }

    /**
     * Earlier tokens of the own row.
     *
     * @param prefix whether the whole source is visible to itself both ways (a prefix-LM)
     * @param window how many tokens are seen, the own one included; 0 for all. Not together with a prefix
     */
    record Causal(boolean prefix, int window) implements Attend {

        public Causal {
            if (window < 0 || window > 0 && prefix) {
                throw new IllegalArgumentException("a window of " + window + " tokens" + (prefix ? " over a prefix that is seen whole" : "")
                        + ": give a positive number and no prefix, or 0 for all");
            }
        }

        /** Without a window. */
        public Causal(boolean prefix) {
            this(prefix, 0);
        }
    }

    /** Another sequence: cross-attention, whose keys and values are computed once per source. */
    record Over(Memory memory) implements Attend {}

    /** The one cache that a self-decoder's output is kept in, for the layers of a cross-decoder: see {@link Build#decoderDecoder}. */
    record Shared() implements Attend {}

    static Attend bidirectional() {
        return new Bidirectional(0);
    }

    /** Tokens of the own row on both sides, at most {@code window} on each, the own one among them; 0 for all. */
    static Attend bidirectional(int window) {
        return new Bidirectional(window);
    }

    static Attend causal() {
        return new Causal(false);
    }

    /** Tokens up to the own one, at most {@code window} of them; 0 for all. */
    static Attend causal(int window) {
        return new Causal(false, window);
    }

    static Attend over(Memory memory) {
        return new Over(memory);
    }

    static Attend shared() {
        return new Shared();
    }
}
