package org.encore.report.table;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The mean score of a variant over its seeds.
 *
 * @param value of it
 * @param low lower end of its 95 % interval; null if there is none
 * @param high upper end
 * @param seeds behind it
 * @param unit of the score; may be empty
 * @param lowerIsBetter which scores are better
 */
public record Mean(double value, @Nullable Double low, @Nullable Double high, int seeds, String unit, boolean lowerIsBetter) {

    /** Whether it has an interval. */
    public boolean bounded() {
        return low != null && high != null;
    }

    /** Such as {@code 21.25 [20.80, 21.70]}. */
    public String text() {
        return String.format(Locale.ROOT, "%.2f", value) + (low == null || high == null ? ""
                : String.format(Locale.ROOT, " [%.2f, %.2f]", low, high));
    }
}
