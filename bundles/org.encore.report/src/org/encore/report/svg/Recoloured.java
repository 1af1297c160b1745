package org.encore.report.svg;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.function.UnaryOperator;

/** Draws on another drawing, in other colours: the same chart for a dark window. */
public final class Recoloured extends ShapeGraphics {

    private final Graphics2D target;
    private final AffineTransform place;
    private final UnaryOperator<Color> colours;

    /**
     * A drawing whose origin and scale are the target's present ones.
     *
     * @param colours gives for each colour that is drawn with the one that is seen
     */
    public Recoloured(Graphics2D target, UnaryOperator<Color> colours) {
        this(target, target.getTransform(), colours);
    }

    private Recoloured(Graphics2D target, AffineTransform place, UnaryOperator<Color> colours) {
        this.target = target;
        this.place = place;
        this.colours = colours;
    }

    @Override
    public Graphics create() {
        var copy = new Recoloured((Graphics2D) target.create(), place, colours);
        copy.copyFrom(this);
        return copy;
    }

    @Override
    public void dispose() {
        target.dispose();
    }

    @Override
    public void fill(Shape shape) {
        prepare();
        target.fill(shape);
    }

    @Override
    public void draw(Shape shape) {
        prepare();
        target.draw(shape);
    }

    @Override
    public void drawString(String text, float x, float y) {
        prepare();
        target.drawString(text, x, y);
    }

    /** The clip is kept in this drawing's coordinates, whatever its transform is now. */
    private void prepare() {
        target.setTransform(place);
        target.setClip(sheetClip());
        target.transform(getTransform());
        target.setPaint(getPaint() instanceof Color colour ? colours.apply(colour) : getPaint());
        target.setStroke(getStroke());
        target.setFont(getFont());
        target.setComposite(getComposite());
        target.addRenderingHints(getRenderingHints());
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return target.getFontMetrics(font);
    }

    @Override
    public GraphicsConfiguration getDeviceConfiguration() {
        return target.getDeviceConfiguration();
    }
}
