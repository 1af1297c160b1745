package org.encore.serve;

/** What a model is given. */
sealed interface Prompt {

    /** A text. */
    record Text(String text) implements Prompt {}

    /** Token ids. */
    record Ids(int[] ids) implements Prompt {}
}
