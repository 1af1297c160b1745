package org.encore.api.architecture;

import org.encore.api.option.Option;

/** How attention over the own row knows where a token stands. Cross-attention knows nothing of it unless {@link Block#ropeInCross} says so. */
public sealed interface Positions {

    /** Queries and keys are turned by their positions ({@link org.encore.graph.op.Rope}). */
    record Rotary() implements Positions {}

    /**
     * A learnt number for each head and distance is added to the scores (Raffel et al. 2020, arXiv 1910.10683, section 2.1). Near distances have a bucket
     * each, farther ones share buckets that grow with the logarithm. The first attention of a stack has the table, and all of its layers read it.
     *
     * @param buckets distances that are told apart; where both directions are seen, half of them are for each
     * @param furthest distance in tokens from which on all share the last bucket
     */
    record Relative(
            @Option(value = "32", help = "distances that are told apart; half of them in each direction where both are seen", unit = "buckets") int buckets,
            @Option(value = "128", help = "distance from which on all share the last bucket", unit = "tokens") int furthest) implements Positions {

        private static final int FEWEST = 4;

        public Relative {
            if (buckets < FEWEST || buckets % FEWEST != 0) {
                throw new IllegalArgumentException(buckets + " buckets: give a multiple of " + FEWEST + ", so that each direction has as many near as far ones");
            }
            if (furthest <= buckets / 2) {
                throw new IllegalArgumentException("furthest " + furthest + " is not beyond the " + buckets / 2 + " distances that have a bucket each. Give a larger one.");
            }
        }
    }
}
