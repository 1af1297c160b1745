package org.encore.report.chart;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.encore.experiment.result.Csv;
import org.encore.report.svg.Svg;
import org.jfree.chart.JFreeChart;

/**
 * A chart with what belongs to it.
 *
 * @param name of its files, without ending: lower case, digits and hyphens
 * @param title above it: what it is of
 * @param caption what is shown
 * @param words the numbers in words, for those who do not see the picture
 * @param chart the picture
 * @param height of the picture in points, at {@link #WIDTH} points of width
 * @param keys its legend; empty if everything has its name beside it
 * @param table the numbers, the first line names the columns; never changed, though a line may be made only when it is asked for
 */
public record Figure(String name, String title, String caption, String words, JFreeChart chart, int height, List<Key> keys,
        List<List<Object>> table) {

    /** Width on a screen of usual size. */
    public static final int WIDTH = 720;
    private static final int NARROW = 360;
    private static final int LEAST_NARROW = 260;
    private static final int LEGEND = 26;
    private static final int KEYS_IN_A_LINE = 4;
    private static final double SHARP = 2;

    public Figure {
        keys = List.copyOf(keys);
    }

    /**
     * The picture as part of a page, without its legend. A narrow screen gets a drawing of its own: one that is shrunk cannot be read.
     *
     * @throws RuntimeException if this machine has no fonts
     */
    public String inline() {
        int tall = height > WIDTH / 2 ? height : Math.max(Math.min(height, LEAST_NARROW), height * 4 / 5);
        return drawn("wide", WIDTH, height) + drawn("narrow", NARROW, tall);
    }

    private String drawn(String style, int width, int tall) {
        return Svg.inline(width, tall, "chart " + style, words, name + "-" + style, Palette.ofPage(),
                graphics -> ChartStyle.draw(chart, graphics, width, tall, false));
    }

    /** Writes {@code name.svg}, {@code name.png} and {@code name.csv}, the pictures with their legend. */
    public void write(Path folder) throws IOException {
        int tall = height + (keys.isEmpty() ? 0 : LEGEND * Math.ceilDiv(keys.size(), KEYS_IN_A_LINE));
        try (BufferedWriter csv = Files.newBufferedWriter(folder.resolve(name + ".csv"))) {
            for (List<Object> line : table) {
                csv.write(Csv.line(line) + "\n");
            }
        }
        Files.writeString(folder.resolve(name + ".svg"), Svg.file(WIDTH, tall, words, graphics ->
                ChartStyle.draw(chart, graphics, WIDTH, tall, true)));
        Files.write(folder.resolve(name + ".png"), ChartStyle.png(chart, WIDTH, tall, SHARP));
    }
}
