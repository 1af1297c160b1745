package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.OtherProcess.begun;
import static org.encore.workbench.tests.OtherProcess.lines;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.ui.PlatformUI;
import org.encore.api.run.Event.RunFinished;
import org.encore.api.run.Event.StageFailed;
import org.encore.workbench.compare.ComparePerspective;
import org.encore.workbench.compare.ConfigurationView;
import org.encore.workbench.compare.ExamplesView;
import org.encore.workbench.compare.ResultsView;
import org.encore.workbench.compare.VerdictsView;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs have found is put side by side. */
class CompareTest {

    @TempDir
    private Path runs;

    @BeforeEach
    void twoRunsAndADamagedOne() throws Exception {
        run("first-1", 40, 30, 1000);
        run("second-1", 42, 20, 2000);
        Path damaged = run("damaged-1", 1, 1, 1);
        Files.writeString(damaged.resolve("cells/decoder-only-seed1/evaluate/scores.json"), "{half");
        System.setProperty("encore.runs", runs.toString());
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(ComparePerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().resetPerspective();
            page().hideView(page().findView(ResultsView.ID)); // the folder of runs is another one
            page().showView(ResultsView.ID);
            return null;
        });
        until("all that can be read is listed", () -> table().getTable().getItemCount() == 4);
    }

    @AfterEach
    void back() throws Exception {
        ui(() -> {
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            return null;
        });
    }

    private Path run(String name, int decoder, int encoder, int tokens) throws Exception {
        Path run = Files.createDirectory(runs.resolve(name));
        Files.writeString(run.resolve("events.jsonl"), lines(List.of(begun(name), new RunFinished("done", 9)), Instant.now()));
        Files.writeString(run.resolve("resolved.yaml"), "name: demo\ntrain:\n  tokens: " + tokens + "\n  batchTokens: 64\n");
        evaluation(run, "decoder-only-seed1", decoder, "wrong");
        evaluation(run, "encoder-decoder-seed1", encoder, "right");
        return run;
    }

    /** Scored by a metric that is installed nowhere, of which no contributions of single examples are read. */
    private static void evaluation(Path run, String cell, int score, String output) throws Exception {
        Path folder = Files.createDirectories(run.resolve("cells").resolve(cell).resolve("evaluate"));
        Files.writeString(folder.resolve("scores.json"), "{\"decoding\":\"greedy\",\"splits\":{\"test\":{\"zer\":{\"value\":" + score
                + ",\"unit\":\"%\",\"examples\":3,\"lowerIsBetter\":true}}}}");
        Files.writeString(folder.resolve("predictions.jsonl"), """
                {"split":"development","source":"d","output":"%1$s","references":["right"]}
                {"split":"test","source":"a b","output":"%1$s","references":["right"]}
                {"split":"test","source":"c","output":"same","references":["right"]}
                """.formatted(output));
    }

    private static ResultsView view() {
        return (ResultsView) page().findView(ResultsView.ID);
    }

    private static TableViewer table() {
        return view().viewer();
    }

    private static String text(TableViewer table, int columns) {
        return String.join("\n", Stream.of(table.getTable().getItems()).map(item -> String.join("|", IntStream.range(0, columns)
                .mapToObj(item::getText)
                .toList())).toList());
    }

    private static TableColumn column(String title) {
        return Stream.of(table().getTable().getColumns()).filter(column -> column.getText().equals(title)).findFirst().orElseThrow();
    }

    private static void choose(String... rows) throws Exception {
        ui(() -> {
            table().getTable().setSelection(IntStream.range(0, table().getTable().getItemCount()).filter(i -> List.of(rows).contains(
                    table().getTable().getItem(i).getText(0) + " " + table().getTable().getItem(i).getText(1))).toArray());
            table().getTable().notifyListeners(SWT.Selection, new Event());
            return null;
        });
    }

    @Test
    void resultsAreSortedByAColumnAndExportedAsTheyAreShown() throws Exception {
        assertThat(ui(() -> view().getContentDescription())).contains("damaged-1 cannot be read: ");
        ui(() -> {
            column("ZER test").notifyListeners(SWT.Selection, new Event());
            return null;
        });
        assertThat(ui(() -> text(table(), 2)))
                .isEqualTo("second-1|encoder-decoder\nfirst-1|encoder-decoder\nfirst-1|decoder-only\nsecond-1|decoder-only");
        Path file = runs.resolve("results.csv");
        ui(() -> {
            view().write(file);
            return null;
        });
        until("the file is there", () -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        assertThat(Files.readString(file))
                .startsWith("run,variant,seeds,parameters,ZER test,status\nsecond-1,encoder-decoder,1.0,600000.0,20.0,done\n");
    }

    @Test
    void examplesOnWhichTwoVariantsDifferAreShownWithWhoIsRight() throws Exception {
        ExamplesView examples = ui(() -> (ExamplesView) page().showView(ExamplesView.ID));
        choose("first-1 decoder-only", "first-1 encoder-decoder");
        until("the one that differs is there", () -> text(examples.viewer(), 5).equals("a b|right|✗ wrong|✓ right|the second is right"));
        assertThat(ui(examples::getContentDescription)).contains("1 differ: only decoder-only is right on 0, only encoder-decoder on 1");
        screenshot("examples.png");
    }

    @Test
    void optionsInWhichTwoRunsDifferAreShown() throws Exception {
        ConfigurationView options = ui(() -> (ConfigurationView) page().showView(ConfigurationView.ID));
        choose("first-1 decoder-only", "second-1 decoder-only");
        until("the option is there", () -> text(options.viewer(), 3).equals("train.tokens|1000|2000")
                || text(options.viewer(), 3).equals("train.tokens|2000|1000"));
    }

    @Test
    void whatOneShouldKnowBeforeOneBelievesItStandsInWords() throws Exception {
        Files.writeString(runs.resolve("second-1/events.jsonl"), lines(List.of(begun("second-1"), new StageFailed("decoder-only-seed1", "benchmark",
                "no backend"), new RunFinished("failed", 9)), Instant.now()));
        until("the table has read it again", () -> text(table(), 6).contains("failed"));
        VerdictsView verdicts = ui(() -> (VerdictsView) page().showView(VerdictsView.ID));
        choose("second-1 decoder-only", "second-1 encoder-decoder");
        until("the failure is told", () -> text(verdicts.viewer(), 2)
                .contains("error|1 stage of second-1 failed, first benchmark decoder-only-seed1: no "
                + "backend. Mend the cause"));
        screenshot("verdicts.png");
    }
}
