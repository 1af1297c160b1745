package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import org.encore.api.extension.Declaration;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.compare.CompareStage;
import org.encore.compare.tests.FixedContext;
import org.encore.compare.tests.SmallRun;
import org.encore.report.ReportStage;
import org.encore.report.section.ProvenanceSection;
import org.encore.report.section.QualitySection;
import org.encore.report.section.SpeedSection;
import org.encore.report.section.SummarySection;
import org.encore.report.section.TradeOffSection;
import org.encore.report.section.TrainingSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that somebody sends to a colleague. */
class ReportTest {

    private static final List<ReportSection> BUILT_IN = List.of(new ProvenanceSection(), new QualitySection(), new SpeedSection(),
            new SummarySection(),
            new TradeOffSection(), new TrainingSection());
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
        assertThat(page).startsWith("<!DOCTYPE html>").contains("<title>demo · Encore</title>", "width=device-width", "color-scheme: light dark")
                .contains("encoder-decoder reaches the first token 1.42x [1.38, 1.47] sooner than decoder-only (n = 40 pairs)")
                .contains("name: demo").doesNotContain("http://", "https://", "<script", "<link");
        assertThat(page).containsSubsequence("What was found", "<h2>Quality</h2>", "Quality and speed", "Speed and memory", "<h2>Training</h2>",
                "Provenance");
        var images = Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\" alt=\"([^\"]+)\">").matcher(page).results().toList();
        assertThat(images).hasSize(5).allSatisfy(image -> {
            assertThat(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(image.group(1)))).getWidth()).isEqualTo(1520);
            assertThat(image.group(2)).contains("decoder-only");
        });
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
    void whatIsNotThereIsLeftOut() throws IOException {
        String page = page(new SmallRun(folder.resolve("demo-1")).begun(List.of("a", "b"), 1).trained()
                .on(new Event.StageFailed("", "benchmark", "no backend")));
        assertThat(page).contains("error: 1 stage of demo-1 failed, first benchmark: no backend", "<h2>Training</h2>")
                .doesNotContain("Speed and memory", "<h2>Quality", "not been done");
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
                "<h2>Quality</h2>", "Provenance");
    }
}
