package org.encore.report.svg;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What a drawing is set to besides its geometry: paint, stroke, font, hints. */
abstract class GraphicsState extends Geometry {

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private Paint paint = Color.BLACK;
    private Stroke stroke = new BasicStroke();
    private Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private Composite composite = AlphaComposite.SrcOver;
    private Color background = Color.WHITE;
    private final RenderingHints hints = new RenderingHints(null);

    final void copyFrom(GraphicsState other) {
        copyGeometry(other);
        paint = other.paint;
        stroke = other.stroke;
        font = other.font;
        composite = other.composite;
        background = other.background;
        hints.putAll(other.hints);
    }

    @Override
    public Paint getPaint() {
        return paint;
    }

    @Override
    public void setPaint(@Nullable Paint next) {
        paint = next == null ? paint : next;
    }

    @Override
    public Color getColor() {
        return paint instanceof Color colour ? colour : Color.BLACK;
    }

    @Override
    public void setColor(@Nullable Color colour) {
        setPaint(colour);
    }

    @Override
    public Stroke getStroke() {
        return stroke;
    }

    @Override
    public void setStroke(Stroke next) {
        stroke = next;
    }

    @Override
    public Font getFont() {
        return font;
    }

    @Override
    public void setFont(@Nullable Font next) {
        font = next == null ? font : next;
    }

    @Override
    public Composite getComposite() {
        return composite;
    }

    @Override
    public void setComposite(Composite next) {
        composite = next;
    }

    @Override
    public Color getBackground() {
        return background;
    }

    @Override
    public void setBackground(Color colour) {
        background = colour;
    }

    @Override
    public FontRenderContext getFontRenderContext() {
        return EXACT;
    }

    @Override
    public @Nullable Object getRenderingHint(RenderingHints.Key key) {
        return hints.get(key);
    }

    @Override
    public void setRenderingHint(RenderingHints.Key key, @Nullable Object value) {
        if (value == null) {
            hints.remove(key);
        } else {
            hints.put(key, value);
        }
    }

    @Override
    public RenderingHints getRenderingHints() {
        return (RenderingHints) hints.clone();
    }

    @Override
    public void setRenderingHints(Map<?, ?> next) {
        hints.clear();
        hints.putAll(next);
    }

    @Override
    public void addRenderingHints(Map<?, ?> further) {
        hints.putAll(further);
    }
}
