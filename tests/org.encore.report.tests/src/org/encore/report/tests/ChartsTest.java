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
import org.encore.report.chart.AttentionChart;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.LossChart;
import org.encore.report.chart.Palette;
import org.encore.report.section.CostSection;
import org.encore.report.section.MemorySection;
import org.encore.report.section.SpeedSection;
import org.encore.report.section.TradeOffSection;
import org.encore.report.section.TrainingSection;
import org.jfree.chart.JFreeChart;
import org.jfree.data.xy.IntervalXYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts are pictures: what is in them is asked of their pixels. */
class ChartsTest {

    private static final List<Event.Cell> CELLS = List.of(new Event.Cell("a-seed1", "a", 1, 10, Map.of()),
            new Event.Cell("b-seed1", "b", 1, 10, Map.of()));

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
        var figures = new ArrayList<Figure>();
        List.<Illustrated>of(new SpeedSection(), new TradeOffSection(), new TrainingSection())
                .forEach(section -> figures.addAll(section.figures(results)));
        assertThat(figures).extracting(Figure::name).containsExactly("latency-first-token", "latency-per-token", "trade-off-first-token",
                "trade-off-per-token", "loss");
        for (Figure figure : figures) {
            assertThat(figure.inline()).contains("var(--c0)", "var(--c1)").doesNotContain("var(--c2)");
        }
    }

    @Test
    void aChartInThePageHasNoColourThatDoesNotTurnWithIt() throws IOException {
        var results = SmallRun.complete(folder.resolve("run")).results();
        List.<Illustrated>of(new SpeedSection(), new TradeOffSection(), new TrainingSection(), new MemorySection(), new CostSection()).stream()
                .flatMap(section -> section.figures(results).stream()).forEach(figure -> assertThat(figure.inline()).as(figure.name())
                .doesNotContainPattern("\"#[0-9a-f]{6}\""));
    }

    @Test
    void costIsSummedByLayerAndSaidToBeModelled() throws IOException {
        Figure figure = new CostSection().figures(SmallRun.complete(folder.resolve("run")).results()).getFirst();
        assertThat(figure.title()).isEqualTo("Cost by layer, modelled: operations");
        assertThat(figure.caption()).startsWith("Modelled, not measured: 16 tokens read, 16 generated.");
        assertThat(figure.table()).contains(List.of("decoder-only", "decoder.0", 4.0), List.of("decoder-only", "head", 1.2),
                List.of("encoder-decoder", "decoder.0", 2.5));
    }

    @Test
    void onlyRepeatsThatCountAreInTheDistribution() throws IOException {
        Figure figure = new SpeedSection().figures(SmallRun.complete(folder.resolve("run")).results()).getFirst();
        assertThat(figure.table()).hasSize(1 + 2 * 40).noneMatch(line -> line.contains(99.0));
        assertThat(figure.words()).contains("decoder-only: median 1.420 [1.392, 1.448] ms, half of 40 repeats from");
    }

    @Test
    void aMapOfAttentionHasItsNumbersAndOneColourThatGrowsWithThem() throws IOException {
        Figure map = AttentionChart.of("attention-decoder-0-cross", "decoder.0.cross, head 1", List.of("(start) → HH", "HH → "), List.of("h", "<i>"),
                new double[][] {{1, 0}, {0.5, 0.5}});
        Color full = Palette.variant(0);
        assertThat(colours(map.chart())).as("the largest weight covers its cell, half of it the root of that").contains(full,
                new Color(half(full.getRed()), half(full.getGreen()), half(full.getBlue())), Palette.PAPER);
        assertThat(map.words()).startsWith("decoder.0.cross, head 1. (start) → HH looks most at h (1.00); HH →  looks most at h (0.50)");
        map.write(folder);
        assertThat(folder.resolve("attention-decoder-0-cross.csv")).hasContent("query,queryToken,key,keyToken,weight\n"
                + "0,(start) → HH,0,h,1.0\n0,(start) → HH,1,<i>,0.0\n1,HH → ,0,h,0.5\n1,HH → ,1,<i>,0.5\n");
        assertThat(folder.resolve("attention-decoder-0-cross.svg")).content().contains("&lt;i&gt;").contains("looked at");
        assertThat(folder.resolve("attention-decoder-0-cross.png")).exists();
    }

    /** On white, seen through by as much as is left of the root of a half. */
    private static int half(int colour) {
        int alpha = (int) Math.round(255 * Math.sqrt(0.5));
        return Math.round((colour * alpha + 255 * (255 - alpha)) / 255f);
    }

    @Test
    void aCurveOfSeveralSeedsIsTheirMeanInABandFromTheLowestToTheHighest() throws IOException {
        var run = new SmallRun(folder.resolve("run")).begun(List.of("a"), 1, 2).on(new Event.TrainEvaluation("a-seed1", 1, 1_000_000, 2),
                new Event.TrainEvaluation("a-seed1", 2, 2_000_000, 1), new Event.TrainEvaluation("a-seed2", 1, 1_000_000, 4),
                new Event.TrainEvaluation("a-seed2", 2, 2_000_000, 2));
        var results = run.results();
        var plot = LossChart.of("", results.cells(), results.curves(), results.development()).getXYPlot();
        assertThat(plot.getDataset(0).getYValue(0, 0)).isEqualTo(3);
        assertThat(plot.getDataset(0).getYValue(0, 1)).isEqualTo(1.5);
        var band = (IntervalXYDataset) plot.getDataset(1);
        assertThat(List.of(band.getStartYValue(0, 0), band.getEndYValue(0, 0), band.getStartYValue(0, 1), band.getEndYValue(0, 1)))
                .containsExactly(2.0, 4.0, 1.0, 2.0);
    }

    @Test
    void aTrainingThatDivergedIsDrawnAsFarAsItWent() throws IOException {
        var curves = Map.of("a-seed1", steps("a-seed1", 3, 2, Double.POSITIVE_INFINITY, Double.NaN), "b-seed1", steps("b-seed1", Double.NaN));
        assertThat(colours(LossChart.of("demo", CELLS, curves, Map.of()))).contains(Palette.variant(0)).doesNotContain(Palette.variant(1));
    }

    @Test
    void beforeTheFirstStepAChartIsEmptyAndSaysSo() throws IOException {
        assertThat(LossChart.of("", List.of(), Map.of(), Map.of()).getXYPlot().getNoDataMessage()).isEqualTo("no training step yet");
        assertThat(colours(LossChart.of("", CELLS, Map.of(), Map.of()))).doesNotContain(Palette.variant(0));
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
        assertThat(colours(LossChart.of("", results.cells(), results.curves(), results.development()))).contains(Palette.variant(5));
    }
}
