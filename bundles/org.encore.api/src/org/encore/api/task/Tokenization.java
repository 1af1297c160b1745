package org.encore.api.task;

import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.option.Configurable;

/**
 * A way to turn text into tokens. Contributed through the extension point {@code org.encore.api.tokenizers}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Tokenization<O extends Record> extends Configurable<O> {

    /**
     * Makes a tokenizer from training pairs, and from nothing else: held-out text must not shape the vocabulary. Equal pairs and options give an
     * equal tokenizer.
     *
     * @throws IllegalArgumentException if the options do not fit the pairs; the message has both and the remedy
     * @throws org.encore.api.Unavailable if something is missing, such as a file
     */
    Tokenizer learn(O options, List<TaskData.Pair> pairs, Monitor monitor);

    /** What its tokenizers depend on beside options and pairs, such as the digest of a file. */
    default List<String> keyParts(O options) {
        return List.of();
    }

    /**
     * The tokenizer that {@link Tokenizer#toJson} was written of.
     *
     * @throws IllegalArgumentException if the text is none; the message says why
     */
    Tokenizer read(O options, String json);
}
