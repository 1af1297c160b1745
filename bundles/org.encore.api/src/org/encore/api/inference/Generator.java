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

    /**
     * Whether {@link #readOn} works: a source that goes on costs what is new of it. Not where a source is read as a whole, by an encoder or by a
     * prefix that sees itself both ways; there {@link #start} reads everything again.
     *
     * @since 0.1.0
     */
    default boolean readsOn() {
        return false;
    }

    /**
     * Reads on behind what the only row holds, as a conversation does: these tokens, and the start token behind them. Gives the logits that
     * {@link #start} would give for a source of all that is there, start tokens and targets included, and these.
     *
     * @param more token ids, at least one
     * @throws UnsupportedOperationException if this generator does not read on
     * @throws IllegalArgumentException if there are several rows, or more tokens than there is room for
     * @since 0.1.0
     */
    default Logits readOn(int[] more) {
        throw new UnsupportedOperationException("this generator reads a source as a whole; start again with all of it");
    }

    /** Number of rows now. */
    int rows();

    @Override
    void close();
}
