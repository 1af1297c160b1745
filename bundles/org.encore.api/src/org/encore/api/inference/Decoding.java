package org.encore.api.inference;

import java.util.List;

import org.encore.api.option.Configurable;

/**
 * Chooses tokens from logits. Contributed through the extension point {@code org.encore.api.decodings}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Decoding<O extends Record> extends Configurable<O> {

    /** How many generator rows one source takes, such as the beam width. */
    int rowsPerSource(O options);

    /**
     * The best output of each source, without start and end token.
     *
     * @param generator with room for {@code sources.length * rowsPerSource} rows
     * @param sources token ids
     * @param limits when to stop
     */
    List<int[]> decode(O options, Generator generator, int[][] sources, Limits limits);

    /**
     * When to stop.
     *
     * @param endToken id that ends a target
     * @param maxTokens most tokens of an output
     */
    record Limits(int endToken, int maxTokens) {}
}
