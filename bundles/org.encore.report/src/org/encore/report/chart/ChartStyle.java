package org.encore.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import javax.imageio.ImageIO;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;

/** How all charts look. Colours are told apart by colour-blind people too (Okabe and Ito 2008). */
public final class ChartStyle {

    private static final List<Color> COLOURS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7),
            new Color(0xE69F00), new Color(0x56B4E9), new Color(0x000000));
    private static final Color GRID = new Color(0xDDDDDD);
    private static final float THIN = 1f;
    private static final float THICK = 2.5f;
    private static final float[] DASHES = {7, 4};

    private ChartStyle() {}

    /** The colour of the n-th variant, the same in every chart. */
    public static Color colour(int variant) {
        return COLOURS.get(Math.floorMod(variant, COLOURS.size()));
    }

    /** Beyond as many variants as there are colours, lines are dashed: no two variants look alike before twice as many. */
    static BasicStroke stroke(int variant, boolean thick) {
        float width = thick ? THICK : THIN;
        return Math.floorDiv(variant, COLOURS.size()) % 2 == 0 ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f);
    }

    static void apply(JFreeChart chart, XYPlot plot) {
        var text = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setAntiAlias(true);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setOutlineVisible(false);
        plot.getDomainAxis().setLabelFont(text);
        plot.getRangeAxis().setLabelFont(text);
        plot.getDomainAxis().setTickLabelFont(text);
        plot.getRangeAxis().setTickLabelFont(text);
        if (chart.getLegend() != null) {
            chart.getLegend().setItemFont(text);
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        }
        if (chart.getTitle() != null) {
            chart.getTitle().setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        }
    }

    /** A chart as PNG. @param scale pixels for each point, 2 for sharp screens */
    public static byte[] png(JFreeChart chart, int width, int height, double scale) {
        var image = new BufferedImage((int) (width * scale), (int) (height * scale), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.scale(scale, scale);
        chart.draw(graphics, new java.awt.geom.Rectangle2D.Double(0, 0, width, height));
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
