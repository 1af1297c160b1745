package org.encore.report.chart;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One colour that covers its page the more, the larger a value is: read by lightness alone, on light and on dark pages. By the root of the value, since
 * what is spread over many is small everywhere, and is to be seen too.
 *
 * @param most the value that covers it all; 0 is the page
 * @param full the colour
 */
record Shade(double most, Color full) {

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 1};

    Color of(double value) {
        return ChartStyle.faint(full, Math.sqrt(Math.clamp(value / most, 0, 1)));
    }

    /** Some values and how they look. */
    List<Key> keys() {
        return DoubleStream.of(SHARES).mapToObj(share -> new Key(String.format(Locale.ROOT, "%.2f", share * most), of(share * most), Key.Mark.AREA))
                .toList();
    }
}
