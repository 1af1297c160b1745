package org.encore.importers;

/** The inner size of a feed-forward part as a block's option says it: F / D. */
final class Expansion {

    /** From this width on, {@link org.encore.api.architecture.Block} rounds F to a multiple of 8. */
    private static final int ROUNDED = 256;

    private Expansion() {}

    /** @throws IllegalArgumentException if rounding would give another size */
    static double of(int hidden, int width) {
        if (width >= ROUNDED && hidden % 8 != 0) {
            throw new IllegalArgumentException("a feed-forward size of " + hidden + " is no multiple of 8, as a block wants it at width " + width);
        }
        return (double) hidden / width;
    }
}
