package org.encore.report.svg;

import java.util.function.Consumer;

import java.awt.Graphics2D;

/** An SVG image. */
public final class Svg {

    private static final String FONTS = "Helvetica, Arial, sans-serif";

    private Svg() {}

    /**
     * An image as a file of its own.
     *
     * @param words what is seen, for those who do not see it
     * @param drawing draws within width and height
     */
    public static String file(int width, int height, String words, Consumer<Graphics2D> drawing) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + image(width, height, "xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" font-family=\""
                + FONTS + "\"", words,
                        "clip", Inks.FIXED, drawing);
    }

    /**
     * An image as part of a page: as wide as there is room, in the page's font.
     *
     * @param style class of its element
     * @param id begins all ids in it, and no other in the page
     * @param inks how the page's colours are written
     */
    public static String inline(int width, int height, String style, String words, String id, Inks inks, Consumer<Graphics2D> drawing) {
        return image(width, height, "class=\"" + Xml.escaped(style) + "\"", words, id, inks, drawing);
    }

    private static String image(int width, int height, String attributes, String words, String id, Inks inks, Consumer<Graphics2D> drawing) {
        var sheet = new Sheet(width, height, id, inks);
        var graphics = new SvgGraphics(sheet);
        drawing.accept(graphics);
        graphics.dispose();
        return "<svg " + attributes + " viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\"" + Xml.escaped(words) + "\">"
                + sheet.elements() + "</svg>\n";
    }
}
