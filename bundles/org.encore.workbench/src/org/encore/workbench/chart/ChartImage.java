package org.encore.workbench.chart;

import java.awt.image.BufferedImage;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.encore.report.chart.ChartStyle;
import org.jfree.chart.JFreeChart;

/** A chart drawn to memory and handed to SWT: no AWT window beside SWT's. */
final class ChartImage {

    private static final PaletteData RGB = new PaletteData(0xFF0000, 0xFF00, 0xFF);
    private static final int DEPTH = 24;
    private static final double WHOLE = 100;

    private ChartImage() {}

    /** @param zoom in percent: 200 on a sharp screen */
    static ImageData of(JFreeChart chart, int width, int height, int zoom, boolean dark) {
        BufferedImage image = ChartStyle.image(chart, width, height, zoom / WHOLE, dark);
        var data = new ImageData(image.getWidth(), image.getHeight(), DEPTH, RGB);
        var row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            data.setPixels(0, y, row.length, row, 0);
        }
        return data;
    }
}
