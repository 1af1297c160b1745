package org.encore.workbench.pipeline;

import org.eclipse.swt.graphics.Color;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.run.StageState.Phase;

/** Colours of the graph, for light and dark windows. Whatever they say is said by words too. */
final class Colours {

    private Colours() {}

    static Color ground() {
        return pick(0xFAFBFC, 0x26292D);
    }

    static Color box() {
        return pick(0xFFFFFF, 0x34383E);
    }

    static Color border() {
        return pick(0x9AA5B1, 0x6B7682);
    }

    static Color chosen() {
        return pick(0x1F6FB5, 0x6CB4F0);
    }

    static Color text() {
        return pick(0x1F2328, 0xE6EAEE);
    }

    static Color quiet() {
        return pick(0x59636E, 0xA9B4BF);
    }

    static Color wrong() {
        return pick(0xC0392B, 0xF08A80);
    }

    static Color of(Phase phase) {
        return switch (phase) {
            case FAILED -> wrong();
            case RUNNING -> pick(0xB26A00, 0xF0B060);
            case ENDED -> quiet();
            case DONE -> pick(0x1E7F4A, 0x7EE0A0);
            case CACHED -> pick(0x2F6F9F, 0x8CC8F0);
        };
    }

    private static Color pick(int light, int dark) {
        int colour = Appearance.isDark() ? dark : light;
        return new Color(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
    }
}
