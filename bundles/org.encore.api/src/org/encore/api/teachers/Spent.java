package org.encore.api.teachers;

/**
 * What asking a teacher took beside time, all earlier attempts at the same work included.
 *
 * @param requests that were answered
 * @param promptTokens tokens that it read, as it counts them
 * @param completionTokens tokens that it wrote
 * @param cost in the currency of the prices that its options name; 0 if they name none
 * @since 0.1.0
 */
public record Spent(long requests, long promptTokens, long completionTokens, double cost) {

    /** Of a teacher that counts nothing. */
    public static final Spent NOTHING = new Spent(0, 0, 0, 0);
}
