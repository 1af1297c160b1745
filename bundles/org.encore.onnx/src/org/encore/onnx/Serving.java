package org.encore.onnx;

import org.encore.api.option.Option;

/**
 * How generation is run. All of these give the same tokens; what they cost differs, and with it what a comparison of architectures finds.
 *
 * @param cache what happens to keys and values of earlier tokens
 * @param logits positions of what is read at once that get logits
 * @param shapes whether what is read at once has a fixed size
 */
public record Serving(Cache cache, Logits logits, Shapes shapes) {

    /** As fast as it goes. */
    public static final Serving BEST = new Serving(Cache.SHARED, Logits.LAST, new Shapes.Dynamic());

    /** What happens to keys and values of earlier tokens. What is computed once per source is kept in any case. */
    public enum Cache {
        /** Forgotten: every token computes the whole row again. */
        NONE,
        /** A step gives a new, longer cache, which the next one takes: all of it is read and written for every token. */
        COPIED,
        /** A step writes behind what is there. */
        SHARED
    }

    /** Positions that get logits. */
    public enum Logits {
        /** Every position; only the last is used. */
        ALL,
        /** The last. */
        LAST
    }

    /** Sizes of what is read at once: the source, or without a cache the whole row. */
    public sealed interface Shapes {

        /** As long as it is. */
        record Dynamic() implements Shapes {}

        /**
         * Filled up to fixed lengths, as graphs that are compiled ahead of time need: an encoder to the source's, a row that begins with the source to
         * that of source, start token and target together.
         *
         * @param source longest source
         * @param target longest target
         */
        record Padded(
                @Option(value = "1024", help = "longest source", unit = "tokens") int source,
                @Option(value = "256", help = "longest target", unit = "tokens") int target) implements Shapes {

            public Padded {
                if (source < 1 || target < 1 || source > 1 << 20 || target > 1 << 20) {
                    throw new IllegalArgumentException("padded to a source of " + source + " and a target of " + target + " tokens: give 1 to " + (1 << 20));
                }
            }
        }
    }
}
