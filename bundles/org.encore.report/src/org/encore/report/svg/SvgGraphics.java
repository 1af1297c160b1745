package org.encore.report.svg;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.GraphicsConfiguration;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;

/**
 * Draws on a {@link Sheet}. Coordinates are those of the sheet, whatever the transform; strokes are not scaled. Text stays text: it is written
 * around its middle, so that a font that is wider or narrower than expected is off by as little to both sides.
 */
final class SvgGraphics extends ShapeGraphics {

    private static final int OPAQUE = 255;
    /** Text of so many characters is told how wide to be: in another font it would be off by too much. */
    private static final int LONG = 7;

    private final Sheet sheet;

    SvgGraphics(Sheet sheet) {
        this.sheet = sheet;
    }

    @Override
    public Graphics create() {
        var copy = new SvgGraphics(sheet);
        copy.copyFrom(this);
        return copy;
    }

    @Override
    public void dispose() {
        // nothing is held
    }

    @Override
    public void fill(Shape shape) {
        String data = PathData.of(shape, getTransform());
        if (!data.isEmpty()) {
            sheet.add(sheetClip(), "<path d=\"" + data + "\"" + ink("fill") + "/>");
        }
    }

    @Override
    public void draw(Shape shape) {
        if (!(getStroke() instanceof BasicStroke line)) {
            fill(getStroke().createStrokedShape(shape));
            return;
        }
        String data = PathData.of(shape, getTransform());
        if (!data.isEmpty()) {
            sheet.add(sheetClip(), "<path d=\"" + data + "\" fill=\"none\"" + ink("stroke") + stroke(line) + "/>");
        }
    }

    private static String stroke(BasicStroke line) {
        var attributes = new StringBuilder();
        if (line.getLineWidth() != 1) {
            attributes.append(" stroke-width=\"").append(Xml.number(line.getLineWidth())).append('"');
        }
        if (line.getEndCap() != BasicStroke.CAP_BUTT) {
            attributes.append(" stroke-linecap=\"").append(line.getEndCap() == BasicStroke.CAP_ROUND ? "round" : "square").append('"');
        }
        if (line.getLineJoin() != BasicStroke.JOIN_MITER) {
            attributes.append(" stroke-linejoin=\"").append(line.getLineJoin() == BasicStroke.JOIN_ROUND ? "round" : "bevel").append('"');
        }
        float[] dashes = line.getDashArray();
        if (dashes != null) {
            attributes.append(" stroke-dasharray=\"");
            for (float dash : dashes) {
                attributes.append(Xml.number(dash)).append(' ');
            }
            attributes.setCharAt(attributes.length() - 1, '"');
        }
        return attributes.toString();
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (text.isBlank()) {
            return;
        }
        AffineTransform transform = getTransform();
        String words = text.strip();   // SVG has no spaces at the ends
        double begin = x + TextWidths.of(text.substring(0, text.indexOf(words)), getFont());
        Point2D middle = transform.transform(new Point2D.Double(begin + TextWidths.of(words, getFont()) / 2, y), null);
        double angle = Math.toDegrees(Math.atan2(transform.getShearY(), transform.getScaleX()));
        String place = " x=\"" + Xml.number(middle.getX()) + "\" y=\"" + Xml.number(middle.getY()) + "\"";
        String turn = Math.abs(angle) < 1e-6 ? ""
                : " transform=\"rotate(" + Xml.number(angle) + " " + Xml.number(middle.getX()) + " " + Xml.number(middle.getY()) + ")\"";
        Font font = getFont();
        String width = words.length() < LONG ? "" : " textLength=\"" + Xml.number(TextWidths.of(words, font))
                + "\" lengthAdjust=\"spacingAndGlyphs\"";
        sheet.add(sheetClip(), "<text" + place + turn + width + " text-anchor=\"middle\" font-size=\"" + Xml.number(font.getSize2D()) + "\""
                + (font.isBold() ? " font-weight=\"bold\"" : "") + (font.isItalic() ? " font-style=\"italic\"" : "") + ink("fill") + ">"
                + Xml.escaped(words) + "</text>");
    }

    /** The paint as an attribute; of a gradient, which charts here do not have, one colour is left. */
    private String ink(String attribute) {
        Color colour = getColor();
        double opacity = colour.getAlpha() / (double) OPAQUE * (getComposite() instanceof AlphaComposite composite ? composite.getAlpha() : 1);
        return " " + attribute + "=\"" + sheet.inks().of(colour) + "\"" + (opacity >= 1 ? "" : " " + attribute + "-opacity=\"" + Xml.number(opacity)
                + "\"");
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return new TextWidths(font);
    }

    @Override
    public GraphicsConfiguration getDeviceConfiguration() {
        throw new UnsupportedOperationException("an SVG image is on no device");
    }
}
