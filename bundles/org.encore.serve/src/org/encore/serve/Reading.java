package org.encore.serve;

/** What a model makes of a prompt. */
public enum Reading {
    /**
     * A source, which it writes a target to. A prompt of token ids may go on with the start token and the beginning of the target: that part is given
     * and not chosen.
     */
    SOURCE,
    /** The beginning of a text, which it goes on with. */
    TEXT
}
