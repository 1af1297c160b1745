package org.encore.workbench.pipeline;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;

/**
 * A graph on a sheet of paper, below a line that says what it is of: as large as it is on a screen, or smaller if the sheet is.
 *
 * @param title what it is of
 * @param graph pixels, {@link #SHARP} for each point
 */
public record PrintedPage(String title, ImageData graph) {

    /** Sharp at 288 dots per inch, which is more than an eye resolves. */
    static final int SHARP = 3;
    /** Points of a screen in an inch. */
    private static final int SCREEN = 96;
    private static final double MARGIN_INCHES = 0.6;
    private static final double GAP_INCHES = 0.15;

    /** Takes a picture, on white. To be called on the user interface's thread. */
    static PrintedPage of(String title, GraphPicture picture, Device screen) {
        Point size = picture.layers().size();
        var image = new Image(screen, size.x * SHARP, size.y * SHARP);
        var gc = new GC(image);
        gc.setBackground(screen.getSystemColor(SWT.COLOR_WHITE));
        gc.fillRectangle(image.getBounds());
        var scale = new Transform(screen);
        scale.scale(SHARP, SHARP);
        gc.setTransform(scale);
        picture.draw(gc);
        scale.dispose();
        gc.dispose();
        ImageData data = image.getImageData();
        image.dispose();
        return new PrintedPage(title, data);
    }

    /** Draws it onto a sheet. @param sheet the whole of it, in dots @param dpi dots per inch across and down */
    public void draw(GC gc, Rectangle sheet, Point dpi) {
        int left = sheet.x + (int) (MARGIN_INCHES * dpi.x);
        int top = sheet.y + (int) (MARGIN_INCHES * dpi.y);
        int width = sheet.width - 2 * (left - sheet.x);
        gc.setForeground(gc.getDevice().getSystemColor(SWT.COLOR_BLACK));
        gc.drawString(title, left, top, true);
        int below = top + gc.stringExtent(title).y + (int) (GAP_INCHES * dpi.y);
        int height = sheet.y + sheet.height - (top - sheet.y) - below;
        double natural = 1.0 / (SHARP * SCREEN);
        double scale = Math.min(1, Math.min(width / (graph.width * natural * dpi.x), height / (graph.height * natural * dpi.y)));
        int wide = (int) (graph.width * natural * dpi.x * scale);
        var image = new Image(gc.getDevice(), graph);
        gc.setInterpolation(SWT.HIGH);
        gc.drawImage(image, 0, 0, graph.width, graph.height, left + (width - wide) / 2, below, wide, (int) (graph.height * natural * dpi.y * scale));
        image.dispose();
    }
}
