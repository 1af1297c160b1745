package org.encore.api.inference;

import org.jspecify.annotations.Nullable;

/**
 * Room for the rows that are generated together. A generator's caches have as many rows as it was made for, of as many tokens, so one for all would
 * take the longest row times the most rows. Given parts of like length, the shortest first, as {@link RowsTogether#parts} has them, this makes a few,
 * one after another: the same as long as a part fits, another where rows become longer and fewer.
 *
 * <pre>{@code
 * try (var room = new FittingGenerator(model::generator, longest + 1 + maxTokens)) {
 *     for (List<Integer> part : RowsTogether.parts(sources, most)) {
 *         Generator generator = room.of(part.size(), longestOf(part) + 1 + maxTokens);
 *     }
 * }
 * }</pre>
 *
 * How much room there is changes no bit where attention is fused, as it is on ONNX Runtime for head sizes that are multiples of 8. Attention of
 * standard operators sums over all of the room, so there the last bits may differ. Used by one thread.
 *
 * @since 0.1.0
 */
public final class FittingGenerator implements AutoCloseable {

    /** Positions of all rows, which are no burden even for a large model: 64 rows of 256 tokens. One generator is enough then. */
    private static final int FEW = 1 << 14;

    private final Maker maker;
    private final int longest;
    private @Nullable Generator generator;
    private int rows;
    private int tokens;

    /** Makes a generator, as {@link LoadedModel#generator} does. */
    @FunctionalInterface
    public interface Maker {

        /**
         * One of them.
         *
         * @param rows at most
         * @param tokens of a row at most, source and start token included
         */
        Generator make(int rows, int tokens);
    }

    /** @param longest tokens of a row at most, of all parts */
    public FittingGenerator(Maker maker, int longest) {
        this.maker = maker;
        this.longest = longest;
    }

    /**
     * One that has room; the one before may be closed, so what it gave is no longer valid.
     *
     * @param rows at most
     * @param tokens of a row at most, no more than the longest has
     */
    public Generator of(int rows, int tokens) {
        Generator known = generator;
        if (known != null && rows <= this.rows && tokens <= this.tokens) {
            return known;
        }
        close();
        int next = (long) rows * longest <= FEW ? longest : Math.min(longest, doubled(tokens));
        Generator made = maker.make(rows, next);
        this.generator = made;
        this.rows = rows;
        this.tokens = next;
        return made;
    }

    /** The next power of two: lengths that grow a little each time need a new one only when they have doubled. */
    private static int doubled(int tokens) {
        return (int) Math.min(Integer.MAX_VALUE, Long.highestOneBit(Math.max(1, tokens * 2L - 1)));
    }

    @Override
    public void close() {
        if (generator != null) {
            generator.close();
            generator = null;
        }
    }
}
