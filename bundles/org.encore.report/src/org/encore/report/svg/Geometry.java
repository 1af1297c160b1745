package org.encore.report.svg;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Rectangle2D;

import org.jspecify.annotations.Nullable;

/** Where a drawing goes: its transform, and its clip, which is kept in the sheet's coordinates and so stays where it was set. */
abstract class Geometry extends Graphics2D {

    private AffineTransform transform = new AffineTransform();
    private @Nullable Shape clip;

    final void copyGeometry(Geometry other) {
        transform = new AffineTransform(other.transform);
        clip = other.clip;
    }

    final @Nullable Shape sheetClip() {
        return clip;
    }

    @Override
    public @Nullable Shape getClip() {
        try {
            return clip == null ? null : transform.createInverse().createTransformedShape(clip);
        } catch (NoninvertibleTransformException e) {
            return clip;
        }
    }

    @Override
    public void setClip(@Nullable Shape shape) {
        clip = shape == null ? null : transform.createTransformedShape(shape);
    }

    @Override
    public void setClip(int x, int y, int width, int height) {
        setClip(new Rectangle(x, y, width, height));
    }

    @Override
    public void clip(@Nullable Shape shape) {
        if (shape == null || clip == null) {
            setClip(shape);
            return;
        }
        var both = new Area(clip);
        both.intersect(new Area(transform.createTransformedShape(shape)));
        clip = both;
    }

    @Override
    public void clipRect(int x, int y, int width, int height) {
        clip(new Rectangle(x, y, width, height));
    }

    @Override
    public @Nullable Rectangle getClipBounds() {
        Shape shape = getClip();
        return shape == null ? null : shape.getBounds();
    }

    @Override
    public boolean hit(Rectangle area, Shape shape, boolean onStroke) {
        Shape meant = transform.createTransformedShape(onStroke ? getStroke().createStrokedShape(shape) : shape);
        return meant.intersects(new Rectangle2D.Double(area.x, area.y, area.width, area.height));
    }

    @Override
    public AffineTransform getTransform() {
        return new AffineTransform(transform);
    }

    @Override
    public void setTransform(AffineTransform next) {
        transform = new AffineTransform(next);
    }

    @Override
    public void transform(AffineTransform further) {
        transform.concatenate(further);
    }

    @Override
    public void translate(int x, int y) {
        transform.translate(x, y);
    }

    @Override
    public void translate(double x, double y) {
        transform.translate(x, y);
    }

    @Override
    public void rotate(double angle) {
        transform.rotate(angle);
    }

    @Override
    public void rotate(double angle, double x, double y) {
        transform.rotate(angle, x, y);
    }

    @Override
    public void scale(double x, double y) {
        transform.scale(x, y);
    }

    @Override
    public void shear(double x, double y) {
        transform.shear(x, y);
    }
}
