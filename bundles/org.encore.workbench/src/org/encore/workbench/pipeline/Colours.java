package org.encore.workbench.pipeline;

import org.eclipse.swt.graphics.Color;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.run.StageState.Phase;

/** Colours of the graph, for light and dark windows and for paper. Whatever they say is said by words too. @param dark whether on a dark ground */
record Colours(boolean dark) {

    static final Colours PAPER = new Colours(false);

    /** As the window is now. */
    static Colours ofWindow() {
        return new Colours(Appearance.isDark());
    }

    Color ground() {
        return pick(0xFAFBFC, 0x26292D);
    }

    Color box() {
        return pick(0xFFFFFF, 0x34383E);
    }

    Color border() {
        return pick(0x9AA5B1, 0x6B7682);
    }

    Color chosen() {
        return pick(0x1F6FB5, 0x6CB4F0);
    }

    Color text() {
        return pick(0x1F2328, 0xE6EAEE);
    }

    Color quiet() {
        return pick(0x59636E, 0xA9B4BF);
    }

    Color wrong() {
        return pick(0xC0392B, 0xF08A80);
    }

    Color of(Phase phase) {
        return switch (phase) {
            case FAILED -> wrong();
            case RUNNING -> pick(0xB26A00, 0xF0B060);
            case ENDED -> quiet();
            case DONE -> pick(0x1E7F4A, 0x7EE0A0);
            case CACHED -> pick(0x2F6F9F, 0x8CC8F0);
        };
    }

    private Color pick(int light, int dark) {
        int colour = this.dark ? dark : light;
        return new Color(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
    }
}
