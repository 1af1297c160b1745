package org.encore.modelled;

import java.util.Locale;
import java.util.Optional;

/**
 * A number that was computed and not measured. It is no estimate with an interval and takes part in none: nothing here adds, averages or compares it
 * with measured ones, and it says what it is wherever it is shown.
 *
 * @param value in its unit
 * @param unit such as ms
 * @param error how far the same model was off for the same quantity on this machine; empty if it was not measured here
 */
public record Modelled(double value, String unit, Optional<ModelError> error) {

    @Override
    public String toString() {
        return "modelled " + number() + " " + unit + error.map(e -> " (" + e + ")").orElse(" (error not known: nothing like it was measured here)");
    }

    /** The number alone, for tables whose heading says that it is modelled. */
    public String number() {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
