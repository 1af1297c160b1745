package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.encore.api.run.Event;
import org.encore.compare.tests.SmallRun;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.AttentionChart;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.LossChart;
import org.encore.report.chart.Palette;
import org.encore.report.curve.Curve;
import org.encore.report.curve.GrowingCurve;
import org.encore.report.section.CostSection;
import org.encore.report.section.MemorySection;
import org.encore.report.section.SpeedSection;
import org.encore.report.section.TradeOffSection;
import org.encore.report.section.TrainingSection;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.IntervalXYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts are pictures: what is in them is asked of their pixels. */
class ChartsTest {

    private static final List<Event.Cell> CELLS = List.of(new Event.Cell("a-seed1", "a", 1, 10, Map.of()),
            new Event.Cell("b-seed1", "b", 1, 10, Map.of()));

    /** A long curve with one point far above and one far below. */
    private static final double[] NOISE = noise();

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

    /** A point at each thousand tokens. */
    private static Curve curve(double... losses) {
        var curve = new GrowingCurve();
        for (int i = 0; i < losses.length; i++) {
            curve.add((i + 1) * 1000L, losses[i]);
        }
        return curve.now();
    }

    /** What is drawn of a line, in tokens. */
    private static List<List<Object>> drawn(XYPlot plot, int series) {
        var data = plot.getDataset();
        return IntStream.range(0, data.getItemCount(series)).mapToObj(i -> List.<Object>of(Math.round(1e6 * data.getXValue(series, i)),
                data.getYValue(series, i))).toList();
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
        var plot = LossChart.of("", results.cells(), Map.of(), development(results)).getXYPlot();
        assertThat(plot.getDataset(0).getYValue(0, 0)).isEqualTo(3);
        assertThat(plot.getDataset(0).getYValue(0, 1)).isEqualTo(1.5);
        var band = (IntervalXYDataset) plot.getDataset(1);
        assertThat(List.of(band.getStartYValue(0, 0), band.getEndYValue(0, 0), band.getStartYValue(0, 1), band.getEndYValue(0, 1)))
                .containsExactly(2.0, 4.0, 1.0, 2.0);
    }

    @Test
    void aTrainingThatDivergedIsDrawnAsFarAsItWent() throws IOException {
        var curves = Map.of("a-seed1", curve(3, 2, Double.POSITIVE_INFINITY, Double.NaN), "b-seed1", curve(Double.NaN));
        assertThat(colours(LossChart.of("demo", CELLS, curves, Map.of()))).contains(Palette.variant(0)).doesNotContain(Palette.variant(1));
    }

    @Test
    void beforeTheFirstStepAChartIsEmptyAndSaysSo() throws IOException {
        assertThat(LossChart.of("", List.of(), Map.of(), Map.of()).getXYPlot().getNoDataMessage()).isEqualTo("no training step yet");
        assertThat(colours(LossChart.of("", CELLS, Map.of(), Map.of()))).doesNotContain(Palette.variant(0));
    }

    @Test
    void aCurveThatAScreenCanShowIsDrawnPointByPoint() {
        var losses = new double[800];
        java.util.Arrays.setAll(losses, i -> 1 + 1.0 / (i + 1));
        var plot = LossChart.of("", CELLS, Map.of("a-seed1", curve(losses)), Map.of()).getXYPlot();
        assertThat(drawn(plot, 0)).isEqualTo(IntStream.range(0, losses.length).mapToObj(i -> List.<Object>of((i + 1) * 1000L, losses[i])).toList());
    }

    @Test
    void aLongCurveIsTheMeanOfEachColumnInABandThatLosesNoExtreme() {
        var plot = longPlot();
        List<List<Object>> whole = drawn(plot, 0);
        assertThat(whole).as("a mean for each column").hasSize(400);
        assertThat(whole).extracting(point -> (Long) point.getFirst()).isSorted();
        assertThat(whole).as("noise of 0.1 around 2.05, of which a column has a thousand").allMatch(point -> Math.abs((double) point.getLast() - 2.05)
                < 0.02);
        var band = (IntervalXYDataset) plot.getDataset(1);
        assertThat(band.getItemCount(0)).isEqualTo(400);
        double[] low = IntStream.range(0, 400).mapToDouble(i -> band.getStartYValue(0, i)).toArray();
        double[] high = IntStream.range(0, 400).mapToDouble(i -> band.getEndYValue(0, i)).toArray();
        assertThat(java.util.Arrays.stream(low).min()).hasValue(-2);
        assertThat(java.util.Arrays.stream(high).max()).hasValue(9);
        java.util.Set<Double> told = java.util.Arrays.stream(NOISE).boxed().collect(java.util.stream.Collectors.toSet());
        assertThat(java.util.stream.DoubleStream.concat(java.util.Arrays.stream(low), java.util.Arrays.stream(high)).boxed().toList())
                .as("values that were told, and no others").allMatch(told::contains);
        assertThat(plot.getRangeAxis().getUpperBound()).as("all of it is on the picture").isGreaterThan(9);
    }

    @Test
    void aCurveThatIsSeenPointByPointHasNoBand() {
        var plot = LossChart.of("", CELLS, Map.of("a-seed1", curve(3, 2, 1)), Map.of()).getXYPlot();
        assertThat(plot.getDataset(1).getItemCount(0)).isZero();
        var noisy = longPlot();
        noisy.getDomainAxis().setRange(123.4505, 123.4605);
        assertThat(noisy.getDataset(1).getItemCount(0)).isZero();
    }

    @Test
    void whatIsZoomedIsSeenPointByPoint() {
        var plot = longPlot();
        plot.getDomainAxis().setRange(123.4505, 123.4605);
        assertThat(drawn(plot, 0)).as("all that are seen, and one beyond on either side").isEqualTo(IntStream.rangeClosed(123_450, 123_461)
                .mapToObj(i -> List.<Object>of(i * 1000L, NOISE[i - 1])).toList());
        plot.getDomainAxis().setRange(-5, -4);
        assertThat(drawn(plot, 0)).as("before its begin").hasSizeLessThanOrEqualTo(1);
        plot.getDomainAxis().setAutoRange(true);
        assertThat(drawn(plot, 0)).as("the whole again").hasSize(400);
    }

    private static double[] noise() {
        var random = new Random(3);
        var losses = new double[400_000];
        java.util.Arrays.setAll(losses, i -> 2 + 0.1 * random.nextDouble());
        losses[123_456] = 9;
        losses[345_678] = -2;
        return losses;
    }

    private static XYPlot longPlot() {
        return LossChart.of("", CELLS, Map.of("a-seed1", curve(NOISE)), Map.of()).getXYPlot();
    }

    @Test
    void ofLongCurvesOfSeveralSeedsAColumnShowsTheMeanAndNoExtremeIsLost() {
        var cells = List.of(new Event.Cell("a-seed1", "a", 1, 10, Map.of()), new Event.Cell("a-seed2", "a", 2, 10, Map.of()));
        var other = NOISE.clone();
        java.util.Arrays.setAll(other, i -> NOISE[NOISE.length - 1 - i] + 1);
        var plot = LossChart.of("", cells, Map.of(), Map.of("a-seed1", curve(NOISE), "a-seed2", curve(other))).getXYPlot();
        var band = (IntervalXYDataset) plot.getDataset(1);
        assertThat(band.getItemCount(0)).isEqualTo(400);
        assertThat(IntStream.range(0, 400).mapToDouble(i -> band.getStartYValue(0, i)).min()).hasValue(-2);
        assertThat(IntStream.range(0, 400).mapToDouble(i -> band.getEndYValue(0, i)).max()).hasValue(10);
        double[] means = IntStream.range(0, 400).mapToDouble(i -> plot.getDataset(0).getYValue(0, i)).toArray();
        double all = java.util.stream.DoubleStream.concat(java.util.Arrays.stream(NOISE), java.util.Arrays.stream(other)).average().orElseThrow();
        assertThat(java.util.Arrays.stream(means).average().orElseThrow()).isCloseTo(all, within(1e-4));
        assertThat(java.util.Arrays.stream(means)).as("noise of 0.1, of which a column has a thousand").allMatch(mean -> Math.abs(mean - all) < 0.02);
    }

    @Test
    void whatIsToldLaterIsSeenInTheNextPictureAndNotInThisOne() {
        var growing = new GrowingCurve();
        for (int i = 0; i < 50_000; i++) {
            growing.add(1000L * i, 2);
        }
        var before = LossChart.of("", CELLS, Map.of("a-seed1", growing.now()), Map.of()).getXYPlot();
        growing.add(60_000_000, 5);
        var after = LossChart.of("", CELLS, Map.of("a-seed1", growing.now()), Map.of()).getXYPlot();
        assertThat(drawn(after, 0).getLast().getLast()).isEqualTo(5.0);
        assertThat(after.getDomainAxis().getUpperBound()).isGreaterThan(60);
        assertThat(drawn(before, 0).getLast().getLast()).isEqualTo(2.0);
        assertThat(before.getDomainAxis().getUpperBound()).isLessThan(60);
    }

    @Test
    void manyVariantsWithLongNamesAreDrawn() throws IOException {
        var run = new SmallRun(folder.resolve("run"));
        var variants = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            variants.add("variant " + i + " " + "long ".repeat(40));
        }
        var results = run.begun(variants, 1).trained().results();
        var training = Curve.ofEach(results.curves(), Event.TrainStep::tokens, Event.TrainStep::loss);
        assertThat(colours(LossChart.of("", results.cells(), training, development(results)))).contains(Palette.variant(5));
    }

    private static Map<String, Curve> development(RunResults results) {
        return Curve.ofEach(results.development(), Event.TrainEvaluation::tokens, Event.TrainEvaluation::loss);
    }
}
