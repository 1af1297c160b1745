package org.encore.api.inference;

/**
 * Generation, token by token, with the architecture hidden: metrics, benchmarks, sampling and the playground all use it. Time to first token is
 * always {@link #start} up to the first chosen token. Not thread-safe.
 */
public interface Generator extends AutoCloseable {

    /**
     * Reads sources and gives the logits of each row's first token. Forgets what was before.
     *
     * @param sources token ids of each row, of any lengths of at least 1
     * @throws IllegalArgumentException if there are more rows or longer sources than there is room for; the message has both numbers
     */
    Logits start(int[][] sources);

    /** Appends one token to each row and gives the logits of the next. */
    Logits next(int[] tokens);

    /** Goes on with these rows, in this order: rows may be repeated (a beam that splits) or left out (a row that ended). */
    void select(int[] rows);

    /**
     * Takes back the last tokens of every row.
     *
     * @throws UnsupportedOperationException if the model has a recurrent state
     */
    void rewind(int tokens);

    /** Number of rows now. */
    int rows();

    @Override
    void close();
}
