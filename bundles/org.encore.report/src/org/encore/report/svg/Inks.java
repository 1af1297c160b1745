package org.encore.report.svg;

import java.awt.Color;
import java.util.Locale;

/** How a colour that was drawn with is written, its transparency left aside. What it gives stands in an attribute as it is. */
@FunctionalInterface
public interface Inks {

    /** Every colour as it was drawn, {@code #rrggbb}: for files, which any program reads. */
    Inks FIXED = colour -> String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);

    String of(Color colour);
}
