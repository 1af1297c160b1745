package org.encore.api.inference;

import java.util.List;

/**
 * What one attention looks at, for one source and target.
 *
 * @param path of the attention in the graph, such as {@code decoder.7.cross}
 * @param heads H
 * @param queries positions that look, T of them
 * @param keys positions that are looked at, S of them in all; several parts where keys of different origin share a softmax
 * @param weights (H, T, S), row by row; those of a head and query sum to 1
 * @since 0.1.0
 */
public record AttentionMap(String path, int heads, Positions queries, List<Positions> keys, double[] weights) {

    public AttentionMap {
        keys = List.copyOf(keys);
        int expected = heads * queries.size() * keys.stream().mapToInt(Positions::size).sum();
        if (weights.length != expected) {
            throw new IllegalArgumentException(path + ": " + weights.length + " weights for " + heads + " heads, " + queries + " and " + keys
                    + "; expected " + expected);
        }
    }

    /** What positions are those of. */
    public enum Tokens {
        /** The source. */
        SOURCE,
        /** The start token and the target. */
        TARGET,
        /** The source, the start token and the target in one row. */
        SOURCE_AND_TARGET,
        /** Something else, such as parts of a picture. */
        OTHER
    }

    /**
     * Neighbouring positions.
     *
     * @param of whose
     * @param size how many
     */
    public record Positions(Tokens of, int size) {}

    /** S. */
    public int keyCount() {
        return keys.stream().mapToInt(Positions::size).sum();
    }

    /** How much of its attention a head gives to a key at a query, 0 to 1. */
    public double weight(int head, int query, int key) {
        return weights[(head * queries.size() + query) * keyCount() + key];
    }

    /** The mean of that over all heads. */
    public double mean(int query, int key) {
        double sum = 0;
        for (int head = 0; head < heads; head++) {
            sum += weight(head, query, key);
        }
        return sum / heads;
    }
}
