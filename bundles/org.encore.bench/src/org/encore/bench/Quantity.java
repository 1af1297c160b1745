package org.encore.bench;

/** What is timed, in ms. */
public enum Quantity {
    /** Source in, first token chosen. */
    FIRST_TOKEN,
    /** Each later token. */
    PER_TOKEN
}
