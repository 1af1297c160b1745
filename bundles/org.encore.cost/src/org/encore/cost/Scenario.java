package org.encore.cost;

/**
 * How a runtime goes about generation. The same model does very different amounts of work under different ones.
 *
 * @param cache what is kept between tokens
 * @param everyLogits whether logits are computed at every position that is read, not at the last alone
 * @param padded whether shapes are fixed beforehand: everything is computed at the largest length, n + m tokens, masked halves included
 */
public record Scenario(Cache cache, boolean everyLogits, boolean padded) {

    /** What is kept of the tokens that were read. */
    public enum Cache {
        /** Nothing but what is computed once per source: every token reads all tokens before it again. */
        NONE,
        /** Keys and values go in and out of every call, and are copied on the way. */
        COPIED,
        /** Keys and values stay where they are, and grow in place. */
        SHARED
    }

    /** Nothing is done that need not be. */
    public static final Scenario LEAN = new Scenario(Cache.SHARED, false, false);
}
