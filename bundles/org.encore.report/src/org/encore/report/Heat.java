package org.encore.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shades for quantities in nats, in steps of a half decade: the same for all tables of all reports. One hue from faint to strong, so that lightness
 * alone tells them apart; the strongest leaves the page's ink a contrast of 4.5 to 1, in light and dark (WCAG 2.1, criterion 1.4.3).
 */
public final class Heat {

    private static final List<Double> BOUNDS = List.of(0.01, 0.03, 0.1, 0.3, 1.0, 3.0);
    private static final int PERCENT_A_LEVEL = 10;

    /** Number of shades. */
    public static final int LEVELS = BOUNDS.size() + 1;

    private Heat() {}

    /** The shade of a quantity, 0 for none at all; what is no number has the strongest. */
    public static int level(double nats) {
        return Double.isNaN(nats) ? LEVELS - 1 : (int) BOUNDS.stream().filter(bound -> nats >= bound).count();
    }

    /** Name of a shade in the page's style. */
    public static String style(int level) {
        return "heat" + level;
    }

    /** What has a shade. */
    public static String words(int level) {
        return level == 0 ? "below " + bound(0) : level == LEVELS - 1 ? bound(level - 1) + " and more" : bound(level - 1) + " to " + bound(level);
    }

    private static String bound(int i) {
        return String.format(Locale.ROOT, "%s", BOUNDS.get(i)).replaceAll("\\.0$", "");
    }

    /** Rules of the page's style. */
    static String rules() {
        return IntStream.range(1, LEVELS)
                .mapToObj(level -> "." + style(level) + "{background:color-mix(in srgb,var(--c0) " + PERCENT_A_LEVEL * level + "%,var(--paper))}")
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
