package org.encore.report.svg;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.geom.Rectangle2D;

/**
 * How wide text will be, when nobody knows in which font it will be shown: that of a common sans-serif, in classes of width. Those of system fonts
 * (Arial, Helvetica, Segoe, Roboto, Inter) lie within a few percent of it. So a chart is laid out alike wherever it is drawn.
 */
final class TextWidths extends FontMetrics {

    private static final long serialVersionUID = 1;
    private static final double ASCENT = 0.93;
    private static final double DESCENT = 0.24;
    private static final double BOLD = 1.06;

    TextWidths(Font font) {
        super(font);
    }

    /** Width in the font's unit. */
    static double of(String text, Font font) {
        double ems = text.codePoints().mapToDouble(TextWidths::ems).sum();
        return ems * font.getSize2D() * (font.isBold() ? BOLD : 1);
    }

    private static double ems(int c) {
        if (Character.isDigit(c)) {
            return 0.58;
        }
        if (c > 0x1100 && Character.isIdeographic(c) || c >= 0x1F000) {
            return 1;
        }
        return switch (c) {
            case 'i', 'j', 'l', '|', '\'' -> 0.24;
            case ' ', '.', ',', ':', ';', '!', '/', 'I', 'f', 't', '[', ']' -> 0.29;
            case '(', ')', '-', 'r', '"', '*' -> 0.35;
            case 'm', 'w', 'M', 'W', '%', '@', '…', '—' -> 0.86;
            default -> Character.isUpperCase(c) ? 0.68 : 0.55;
        };
    }

    @Override
    public int stringWidth(String text) {
        return (int) Math.ceil(of(text, getFont()));
    }

    @Override
    public int charsWidth(char[] data, int from, int count) {
        return stringWidth(new String(data, from, count));
    }

    @Override
    public int charWidth(char c) {
        return stringWidth(String.valueOf(c));
    }

    @Override
    public Rectangle2D getStringBounds(String text, Graphics context) {
        return new Rectangle2D.Double(0, -ASCENT * getFont().getSize2D(), of(text, getFont()), (ASCENT + DESCENT) * getFont().getSize2D());
    }

    @Override
    public int getAscent() {
        return (int) Math.round(ASCENT * getFont().getSize2D());
    }

    @Override
    public int getDescent() {
        return (int) Math.round(DESCENT * getFont().getSize2D());
    }
}
