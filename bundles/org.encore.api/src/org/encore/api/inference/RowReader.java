package org.encore.api.inference;

/**
 * Reads whole rows of source and target at once, where a {@link Generator} reads targets token by token: for scoring what is given. Not thread-safe.
 *
 * @since 0.1.0
 */
public interface RowReader extends AutoCloseable {

    /**
     * Logits at every target position. At position t a row has read its source, the start token and t target tokens.
     *
     * @param sources token ids of each row, at least one each; none are right for a model that reads source and target as one row
     * @param targets token ids of each row, without start and end, of any lengths
     * @return row r's position t is row r * T + t, T being the longest target and one; what stands behind a row's last position means nothing
     * @throws IllegalArgumentException if that does not fit in memory; the message has both numbers
     */
    Logits read(int[][] sources, int[][] targets);

    @Override
    void close();
}
