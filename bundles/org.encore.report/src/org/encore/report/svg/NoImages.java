package org.encore.report.svg;

import java.awt.Color;
import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;

import org.jspecify.annotations.Nullable;

/** Charts are made of shapes and text: an image is refused, rather than lost without a word. */
abstract class NoImages extends GraphicsState {

    @Override
    public void setXORMode(Color colour) {
        throw unsupported("exclusive or");
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {
        throw unsupported("copying an area");
    }

    @Override
    public boolean drawImage(Image image, AffineTransform place, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public void drawImage(BufferedImage image, @Nullable BufferedImageOp operation, int x, int y) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int x, int y, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int x, int y, @Nullable Color background, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, @Nullable Color background, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int dx1, int dy1, int dx2, int dy2, int sx1, int sy1, int sx2, int sy2, @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public boolean drawImage(Image image, int dx1, int dy1, int dx2, int dy2, int sx1, int sy1, int sx2, int sy2, @Nullable Color background,
            @Nullable ImageObserver observer) {
        throw unsupported("an image");
    }

    @Override
    public void drawRenderedImage(RenderedImage image, AffineTransform place) {
        throw unsupported("an image");
    }

    @Override
    public void drawRenderableImage(RenderableImage image, AffineTransform place) {
        throw unsupported("an image");
    }

    private static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException(what + " cannot be drawn as SVG");
    }
}
