package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.encore.api.run.Event;
import org.encore.compare.tests.SmallRun;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.LatencyChart;
import org.encore.report.chart.LossChart;
import org.encore.report.chart.TradeOffChart;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts are pictures: what is in them is asked of their pixels. */
class ChartsTest {

    private static final List<Event.Cell> CELLS = List.of(new Event.Cell("a-seed1", "a", 1, 10, Map.of()), new Event.Cell("b-seed1", "b", 1, 10, Map.of()));

    @TempDir
    Path folder;

    private static java.util.Set<Color> colours(JFreeChart chart) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(ChartStyle.png(chart, 600, 300, 1)));
        var colours = new HashSet<Color>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(new Color(image.getRGB(x, y)));
            }
        }
        return colours;
    }

    private static List<Event.TrainStep> steps(String cell, double... losses) {
        var steps = new ArrayList<Event.TrainStep>();
        for (int i = 0; i < losses.length; i++) {
            steps.add(new Event.TrainStep(cell, i + 1, (i + 1) * 1000L, 10_000, losses[i], 1e-3, 1, 1000));
        }
        return steps;
    }

    @Test
    void eachVariantHasItsColourInEveryChart() throws IOException {
        var results = SmallRun.complete(folder.resolve("run")).results();
        for (JFreeChart chart : List.of(LossChart.of("", results.cells(), results.curves(), results.development()), LatencyChart.of(results, true),
                LatencyChart.of(results, false), TradeOffChart.of(results, "test", "per", true))) {
            assertThat(colours(chart)).contains(ChartStyle.colour(0), ChartStyle.colour(1)).doesNotContain(ChartStyle.colour(2));
        }
    }

    @Test
    void aTrainingThatDivergedIsDrawnAsFarAsItWent() throws IOException {
        var curves = Map.of("a-seed1", steps("a-seed1", 3, 2, Double.POSITIVE_INFINITY, Double.NaN), "b-seed1", steps("b-seed1", Double.NaN));
        assertThat(colours(LossChart.of("demo", CELLS, curves, Map.of()))).contains(ChartStyle.colour(0)).doesNotContain(ChartStyle.colour(1));
    }

    @Test
    void beforeTheFirstStepAChartIsEmptyAndSaysSo() throws IOException {
        assertThat(LossChart.of("", List.of(), Map.of(), Map.of()).getXYPlot().getNoDataMessage()).isEqualTo("no training step yet");
        assertThat(colours(LossChart.of("", CELLS, Map.of(), Map.of()))).doesNotContain(ChartStyle.colour(0));
    }

    @Test
    void aLongCurveIsDrawnWithAsManyPointsAsAScreenShowsToItsEnd() {
        var losses = new double[100_001];
        java.util.Arrays.setAll(losses, i -> 1 + 1.0 / (i + 1));
        var data = LossChart.of("", CELLS, Map.of("a-seed1", steps("a-seed1", losses)), Map.of()).getXYPlot().getDataset();
        assertThat(data.getItemCount(0)).isBetween(1_000, 2_001);
        assertThat(data.getXValue(0, data.getItemCount(0) - 1)).isEqualTo(100.001);
    }

    @Test
    void manyVariantsWithLongNamesAreDrawn() throws IOException {
        var run = new SmallRun(folder.resolve("run"));
        var variants = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            variants.add("variant " + i + " " + "long ".repeat(40));
        }
        var results = run.begun(variants, 1).trained().results();
        assertThat(colours(LossChart.of("", results.cells(), results.curves(), results.development()))).contains(ChartStyle.colour(6));
    }
}
