package org.encore.api;

import java.util.Locale;

/**
 * A number and what it counts, as one writes it: 1 row, 2 rows, 1,200 rows.
 *
 * @since 0.1.0
 */
public final class Counted {

    private Counted() {}

    /** @param one what is counted, as an English noun for one of them, whose plural has an s */
    public static String of(long count, String one) {
        return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, one);
    }
}
