package org.encore.api.task;

/** Between text and token ids. One vocabulary serves source and target. */
public interface Tokenizer {

    /** V. */
    int size();

    /** Id that fills rows up. */
    int padToken();

    /** Id that begins every target. */
    int startToken();

    /** Id that ends every target. */
    int endToken();

    /**
     * Ids of a source, without start and end.
     *
     * @throws IllegalArgumentException if a symbol is not in the vocabulary; the message names it
     */
    int[] encodeSource(String text);

    /** Ids of a target, without start and end. */
    int[] encodeTarget(String text);

    /** Text of output ids; special ids are left out. */
    String decodeTarget(int[] ids);

    /**
     * Text of the ids of a source; special ids, and that of symbols which the vocabulary lacks, are left out.
     *
     * @since 0.1.0
     */
    default String decodeSource(int[] ids) {
        return decodeTarget(ids);
    }

    /**
     * A Hugging Face {@code tokenizer.json} for whoever uses an exported model: without special tokens it gives a source the ids of
     * {@link #encodeSource}, and skipping special tokens it decodes ids to the text of {@link #decodeTarget}.
     */
    String toJson();
}
