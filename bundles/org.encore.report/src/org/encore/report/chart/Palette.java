package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.report.svg.Inks;

/**
 * The colours of charts, each with its twin for dark pages. Those of variants have the hues of Okabe and Ito 2008, which colour-blind people tell
 * apart too, in shades that have a contrast of at least 3 to 1 to their page (WCAG 2.1, criterion 1.4.11).
 */
public final class Palette {

    /** A colour with its twin. @param name as a variable of the page's style */
    private record Twin(String name, Color light, Color dark) {}

    private static final List<Twin> VARIANTS = twins("c", 0x0072B2, 0x4A9BE8, 0xB84300, 0xF07A40, 0x00A077, 0x2FBF93, 0xC972A2, 0xE79AC9, 0xBA8600,
            0xF5D04A, 0x1A1A1A, 0xF5F5F5);
    private static final List<Twin> PARTS = twins("p", 0x33415C, 0xC9D4EA, 0x6F86B0, 0x8FA3C7, 0x8C8FA3, 0x737C92, 0x8A6FB0, 0xB7A0DC, 0x4F8F8B,
            0x7FC4BF);
    private static final Twin INK_TWIN = new Twin("ink", new Color(0x1F2328), new Color(0xE6EDF3));
    private static final Twin MUTED_TWIN = new Twin("muted", new Color(0x59636E), new Color(0x9DA7B1));
    private static final Twin GRID_TWIN = new Twin("grid", new Color(0xDDE1E6), new Color(0x30363D));
    private static final Twin PAPER_TWIN = new Twin("paper", new Color(0xFFFFFF), new Color(0x14171C));

    /** Of text and of marks that belong to no variant. */
    public static final Color INK = INK_TWIN.light();
    /** Of labels of axes, and of what could not be decided. */
    public static final Color MUTED = MUTED_TWIN.light();
    /** Of lines that guide the eye. */
    public static final Color GRID = GRID_TWIN.light();
    /** Behind everything. */
    public static final Color PAPER = PAPER_TWIN.light();

    private static final int OPAQUE = 0xFF000000;
    private static final Map<Integer, Color> DARK = all().stream().collect(Collectors.toMap(twin -> twin.light().getRGB(), Twin::dark, (a, b) -> a));

    private Palette() {}

    private static List<Twin> twins(String name, int... colours) {
        var twins = new ArrayList<Twin>();
        for (int i = 0; i < colours.length; i += 2) {
            twins.add(new Twin(name + i / 2, new Color(colours[i]), new Color(colours[i + 1])));
        }
        return List.copyOf(twins);
    }

    /** Number of colours before they begin anew. */
    static int variants() {
        return VARIANTS.size();
    }

    /** The colour of the n-th variant, the same in every chart. */
    public static Color variant(int n) {
        return VARIANTS.get(Math.floorMod(n, VARIANTS.size())).light();
    }

    /** The colour of the n-th part of something that is no variant. */
    static Color part(int n) {
        return PARTS.get(Math.floorMod(n, PARTS.size())).light();
    }

    private static List<Twin> all() {
        var all = new ArrayList<>(List.of(INK_TWIN, MUTED_TWIN, GRID_TWIN, PAPER_TWIN));
        all.addAll(VARIANTS);
        all.addAll(PARTS);
        return all;
    }

    /** How a colour of charts is seen in a dark window: its twin, as transparent; colours that are none of ours stay as they are. */
    public static Color dark(Color colour) {
        Color twin = DARK.get(colour.getRGB() | OPAQUE);
        return twin == null ? colour : new Color(twin.getRed(), twin.getGreen(), twin.getBlue(), colour.getAlpha());
    }

    /** Colours as variables of the page's style, which say how they look in light and dark. */
    public static Inks ofPage() {
        Map<Integer, String> names = new HashMap<>();
        all().forEach(twin -> names.put(twin.light().getRGB(), "var(--" + twin.name() + ")"));
        return colour -> names.getOrDefault(colour.getRGB() | OPAQUE, Inks.FIXED.of(colour));
    }

    /** Declarations of those variables. @param dark for which pages */
    public static String variables(boolean dark) {
        return all().stream().map(twin -> "--" + twin.name() + ":" + Inks.FIXED.of(dark ? twin.dark() : twin.light()))
                .collect(Collectors.joining(";"));
    }
}
