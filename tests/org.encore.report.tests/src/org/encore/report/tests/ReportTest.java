package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.compare.CompareStage;
import org.encore.compare.tests.FixedContext;
import org.encore.compare.tests.SmallRun;
import org.encore.report.ReportStage;
import org.encore.report.section.CostSection;
import org.encore.report.section.EnvironmentSection;
import org.encore.report.section.FairnessSection;
import org.encore.report.section.MemorySection;
import org.encore.report.section.ProvenanceSection;
import org.encore.report.section.ResultsSection;
import org.encore.report.section.SpeedSection;
import org.encore.report.section.SummarySection;
import org.encore.report.section.TradeOffSection;
import org.encore.report.section.TrainingSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The page that somebody sends to a colleague. */
class ReportTest {

    private static final List<ReportSection> BUILT_IN = List.of(new ProvenanceSection(), new ResultsSection(), new SpeedSection(),
            new SummarySection(),
            new TradeOffSection(), new TrainingSection(), new MemorySection(), new CostSection(), new FairnessSection(), new EnvironmentSection());
    private static final String EVIL = "<script>alert('x')</script>\"&,\n" + "w".repeat(200);

    @TempDir
    Path folder;

    private String page(SmallRun run, ReportSection... more) throws IOException {
        var sections = new ArrayList<>(BUILT_IN);
        sections.addAll(List.of(more));
        var registry = new Registry(point -> point != ExtensionPoint.REPORT_SECTIONS ? List.of()
                : sections.stream().map(section -> new Declaration("s" + sections.indexOf(section), "", "", "test", "1", () -> section)).toList());
        Path output = Files.createDirectories(folder.resolve("output"));
        Path compared = Files.createDirectories(run.folder().resolve("compare"));
        new CompareStage().run(new CompareStage.Options(), new FixedContext(run.folder(), compared, registry));
        new ReportStage().run(new ReportStage.Options(), new FixedContext(run.folder(), output, registry));
        assertThat(run.folder().resolve("report.html")).hasSameTextualContentAs(output.resolve("report.html"));
        return Files.readString(output.resolve("report.html"));
    }

    private static ReportSection section(int order, java.util.function.Supplier<String> html) {
        return new ReportSection() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public String html(Path run) {
                return html.get();
            }
        };
    }

    @Test
    void aCompleteRunBecomesOnePageThatNeedsNothingElse() throws IOException {
        String page = page(SmallRun.complete(folder.resolve("demo-1")));
        assertThat(page).startsWith("<!DOCTYPE html>").contains("<title>demo · Encore</title>", "width=device-width",
                "demo-1 · 2 models: 2 variants, 1 seed</p>")
                .contains("encoder-decoder reaches the first token 1.42x [1.38, 1.47] sooner than decoder-only (n = 40 pairs)")
                .contains("name: demo").doesNotContain("http://", "https://", "<script", "<link", "<img", "@import", "url(//");
        assertThat(page).containsSubsequence("What was found", "<h2>Results</h2>", "Quality and speed", "<h2>Latency</h2>", "<h2>Memory</h2>",
                "Cost by layer (modelled)", "<h2>Training</h2>", "Receipts: sizes and tuning", "Environment of the measurement", "Provenance");
        assertThat(Pattern.compile("<svg class=\"chart wide\"[^>]*aria-label=\"([^\"]+)\"").matcher(page).results().toList())
                .hasSize(10).allSatisfy(chart -> assertThat(chart.group(1)).contains("decoder-only"));
    }

    @Test
    void thePageIsReadInTheDarkOnAPhoneAndOnPaper() throws IOException {
        assertThat(page(SmallRun.complete(folder.resolve("demo-1")))).contains("color-scheme:light dark",
                "@media screen and (prefers-color-scheme:dark){:root{--ink:#e6edf3",
                "@media (max-width:40rem)", "@media print", "class=\"chart narrow\"");
    }

    @Test
    void theAnswerToTheQuestionStandsFirstAndEachFindingFoldsWhatToDoAboutIt() throws IOException {
        String page = page(new SmallRun(folder.resolve("demo-1")).asking("b", "a", 0.5).begun(List.of("a", "b"), 1, 2, 3, 4, 5)
                .evaluated(20, 21, 22, 20, 21, 10, 11, 12, 10, 11).done());
        assertThat(page).containsSubsequence("<div class=\"answer different\">", "b is better than a by 10.00 PER points", "<h3>Quality</h3>",
                "<details class=\"finding\"><summary><span class=\"badge warning\">warning</span>"
                        + "<span>5 seeds can reach no p below 0.0625 in the test of the question</span></summary>",
                "The exact sign-flip test counts", "<strong>What to do: </strong>Use six seeds or more: seeds: [1..6].", "<code>few-seeds</code>",
                "<h2>Results</h2>");
        assertThat(page).contains("<strong>10.80</strong>").doesNotContain("<details class=\"finding\" open");
    }

    @Test
    void everyChartLiesBesideThePageAsSvgPngAndCsv() throws Exception {
        page(SmallRun.complete(folder.resolve("demo-1")));
        var names = List.of("cost-bytes", "cost-operations", "differences-first-token", "differences-per-token", "latency-first-token",
                "latency-per-token", "loss", "memory", "trade-off-first-token", "trade-off-per-token");
        try (var files = Files.list(folder.resolve("output/charts"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
                    names.stream().flatMap(name -> java.util.stream.Stream.of(name + ".csv", name + ".png", name + ".svg")).toList());
        }
        for (String name : names) {
            assertThat(ImageIO.read(folder.resolve("output/charts/" + name + ".png").toFile()).getWidth()).isEqualTo(1440);
            assertThat(svg(folder.resolve("output/charts/" + name + ".svg")).getDocumentElement().getTagName()).isEqualTo("svg");
        }
        assertThat(folder.resolve("output/charts/trade-off-first-token.csv")).content()
                .startsWith("model,millis,millisLow,millisHigh,score,scoreLow,scoreHigh,seeds,unit,front\n")
                .contains("encoder-decoder,1.0,0.98,1.02,21.25,,,1,%,true\n");
    }

    private static Document svg(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    @Test
    void tablesLieBesideThePageForOtherPrograms() throws IOException {
        page(SmallRun.complete(folder.resolve("demo-1")));
        assertThat(folder.resolve("output/results.csv")).content().startsWith("""
                cell,variant,seed,quantity,value,low,high,unit
                decoder-only-seed1,decoder-only,1,parameters,600000,,,
                """).contains("encoder-decoder-seed1,encoder-decoder,1,test.per,21.25,,,%\n")
                .contains("encoder-decoder-seed1,encoder-decoder,1,firstToken,1.0,0.98,1.02,ms\n")
                .contains("decoder-only-seed1,decoder-only,1,peakMemory,,,,MB\n");
        assertThat(Files.readAllLines(folder.resolve("output/curves.csv"))).hasSize(1 + 2 * 22).contains("decoder-only-seed1,training,1,50000,4.0",
                "encoder-decoder-seed1,development,20,1000000,0.9");
    }

    @Test
    void namesFromFilesAreTextAndNeverMarkup() throws IOException {
        var run = new SmallRun(folder.resolve("demo-1"))
                .on(new Event.RunStarted("demo-1", EVIL, List.of(new Event.Cell("c", EVIL, 1, 5, Map.of())), List.of(), false),
                        new Event.TrainStep("c", 1, 10, 20, 3, 1, 1, 1), new Event.StageFailed("c", "train", EVIL))
                .file("cells/c/evaluate/scores.json",
                        "{\"decoding\": \"<b>\", \"splits\": "
                                + "{\"<i>\": {\"<u>\": {\"value\": 1, \"unit\": \"<s>\", \"lowerIsBetter\": true, \"examples\": 3}}}}")
                .file("provenance.json", "{\"machine\": \"</pre><script>\"}").file("resolved.yaml", "name: </pre><script>alert(1)</script>");
        assertThat(page(run)).contains("&lt;script&gt;").doesNotContain("<script", "<b>", "<i>", "<u>", "<s>");
        assertThat(Files.readAllLines(folder.resolve("output/results.csv")).get(1)).isEqualTo("c,\"<script>alert('x')</script>\"\"&,");
    }

    @Test
    void namesFromFilesAreTextInChartsToo() throws Exception {
        page(new SmallRun(folder.resolve("demo-1")).begun(List.of(EVIL, "\u202e]]><g onload='x'>"), 1).trained().evaluated(20, 30)
                .benchmarked(SmallRun.QUIET, 0, List.of(), 1.0, 2.0).done());
        try (var files = Files.list(folder.resolve("output/charts"))) {
            var drawings = files.filter(file -> file.toString().endsWith(".svg")).toList();
            assertThat(drawings).hasSize(4);
            for (Path drawing : drawings) {
                assertThat(Files.readString(drawing)).doesNotContain("<script", "<g onload", "\u202e");
                assertThat(svg(drawing).getElementsByTagName("script").getLength()).isZero();
            }
        }
        assertThat(Files.readString(folder.resolve("output/report.html"))).doesNotContain("<script", "<g onload", "\u202e");
    }

    @Test
    void whatIsNotThereIsLeftOut() throws IOException {
        String page = page(new SmallRun(folder.resolve("demo-1")).begun(List.of("a", "b"), 1).trained()
                .on(new Event.StageFailed("", "benchmark", "no backend")));
        assertThat(page).contains("<span>1 stage of demo-1 failed, first benchmark: no backend</span>", "<h2>Training</h2>")
                .doesNotContain("<h2>Latency", "Quality and speed", "Cost by layer", "not been done");
    }

    @Test
    void aRunThatHasNotBegunIsAPageToo() throws IOException {
        assertThat(page(new SmallRun(folder.resolve("demo-1")))).contains("<h1>demo-1</h1>", "this run has not begun", "not written yet");
    }

    @Test
    void sectionsOfPlugInsStandWhereTheyAskAndCannotTakeThePageWithThem() throws IOException {
        String page = page(SmallRun.complete(folder.resolve("demo-1")), section(150, () -> "<p>a plug-in's own</p>"), section(160, () -> {
            throw new IllegalStateException("no <luck>");
        }), section(170, () -> {
            throw new NoClassDefFoundError("gone");
        }));
        assertThat(page).containsSubsequence("What was found", "<p>a plug-in's own</p>", "failed: no &lt;luck&gt;", "failed: gone",
                "<h2>Results</h2>", "Provenance");
    }
}
