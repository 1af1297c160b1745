package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.printing.PrinterData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.encore.api.extension.Contribution;
import org.encore.workbench.Settings;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.design.Editors;
import org.encore.workbench.design.ExperimentEditor;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.pipeline.PipelinePage;
import org.encore.workbench.pipeline.PrintedPage;
import org.encore.workbench.pipeline.Printing;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment is composed as a graph, over the same text that is written by hand. */
class PipelineTest {

    private static final String TEXT = """
            # which of two is better?
            name: piped          # a name
            task: g2p-cmudict
            variants:
              small: {decoder-only: {layers: 2}}
              large: {decoder-only: {layers: 4}}
            seeds: [1]

            train:               # at night
              tokens: 3M         # all of it

              # about memory
              batchTokens: 4096
            """;

    @TempDir
    private Path folder;
    private Path file;
    private ExperimentEditor editor;
    private PipelinePage pipeline;

    @BeforeEach
    void thePipelineOfAnExperimentIsOpen() throws Exception {
        file = Files.writeString(folder.resolve("piped.yaml"), TEXT);
        System.setProperty("encore.runs", Files.createDirectory(file.resolveSibling("runs")).toString());
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(DesignPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            Editors.open(page(), file);
            editor = (ExperimentEditor) page().getActiveEditor();
            pipeline = editor.pipeline();
            editor.turn(true);
            return null;
        });
        until("it is drawn", () -> pipeline.words().startsWith("Data, chosen; Tokenizer; Training; Export"));
    }

    @AfterEach
    void close() throws Exception {
        ui(() -> {
            page().closeAllEditors(false);
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            return null;
        });
    }

    private String text() {
        return editor.viewer().getDocument().get();
    }

    private void undo() throws Exception {
        ui(() -> {
            editor.getEditorSite().getActionBars().getGlobalActionHandler(ActionFactory.UNDO.getId()).run();
            return null;
        });
    }

    private void choose(String stage) throws Exception {
        ui(() -> {
            Rectangle box = pipeline.canvas().area(stage).orElseThrow();
            Workbench.click(pipeline.canvas().canvas(), SWT.MouseDown, box.x + 5, box.y + 5, 1);
            return Workbench.click(pipeline.canvas().canvas(), SWT.MouseUp, box.x + 5, box.y + 5, 1);
        });
    }

    private Void key(int code, int mask) {
        var event = new Event();
        event.keyCode = code;
        event.stateMask = mask;
        pipeline.canvas().canvas().notifyListeners(SWT.KeyDown, event);
        return null;
    }

    @Test
    void everyStageThatIsInstalledIsOfferedAndWhatItNeedsComesWithIt() throws Exception {
        assertThat(ui(() -> Stream.of(pipeline.palette().getTable().getItems()).map(item -> item.getText()).toList()))
                .contains("✓ Training", "✓ Report", "+ Agreement", "+ Teacher's cache", "+ Distillation");
        ui(() -> {
            pipeline.palette().setSelection(new StructuredSelection(Stream.of(pipeline.palette().getTable().getItems())
                    .map(item -> (Contribution<?>) item
                    .getData()).filter(stage -> stage.id().equals("agreement")).findFirst().orElseThrow()));
            pipeline.palette().getTable().notifyListeners(SWT.DefaultSelection, new Event());
            return null;
        });
        until("it is in the text, where it fits", () -> text().equals(TEXT
                + "stages: [data, tokenizer, train, export, evaluate, benchmark, teacher, teacher-cache, agreement, compare, report]\n"));
        until("it is drawn", () -> pipeline.words().contains("Agreement"));
        undo();
        until("one step brings the text back as it was written", () -> text().equals(TEXT));
        until("and the graph", () -> !pipeline.words().contains("Agreement"));
    }

    @Test
    void aPageHasItsTitleAndTheWholeGraphWithinItsMargins() throws Exception {
        PrintedPage page = ui(() -> pipeline.page());
        assertThat(page.title()).isEqualTo("piped");
        int dpi = 100;
        var sheet = new Rectangle(0, 0, 8 * dpi, 11 * dpi);
        try {
            for (Appearance.Choice theme : new Appearance.Choice[] {Appearance.Choice.DARK, Appearance.Choice.LIGHT}) {
                ImageData seen = ui(() -> {
                    Appearance.apply(theme);
                    return onto(sheet, dpi, pipeline.page());
                });
                Rectangle ink = ink(seen, sheet);
                assertThat(ink.x).as("left margin").isBetween(55, 75);
                assertThat(ink.x + ink.width).as("right margin").isBetween(650, 745);
                assertThat(ink.y).as("title").isBetween(55, 75);
                assertThat(ink.y + ink.height).as("down to the report").isBetween(350, 1040);
                assertThat(seen.getPixel(700, 1000)).as("paper, whatever the window looks like").isEqualTo(seen.getPixel(1, 1));
            }
            Rectangle slip = new Rectangle(0, 0, 300, 200);
            Rectangle ink = ink(ui(() -> onto(slip, dpi, pipeline.page())), slip);
            assertThat(List.of(ink.x >= 55, ink.y >= 55, ink.x + ink.width <= 245, ink.y + ink.height <= 145)).as("smaller on a slip: %s", ink)
                    .containsOnly(true);
        } finally {
            ui(() -> {
                Appearance.apply(Settings.theme());
                return null;
            });
        }
    }

    private static ImageData onto(Rectangle sheet, int dpi, PrintedPage page) {
        var image = new Image(shell().getDisplay(), sheet.width, sheet.height);
        var gc = new GC(image);
        page.draw(gc, sheet, new Point(dpi, dpi));
        gc.dispose();
        ImageData data = image.getImageData();
        image.dispose();
        return data;
    }

    /** Where something is drawn. */
    private static Rectangle ink(ImageData data, Rectangle sheet) {
        Rectangle ink = null;
        int paper = data.getPixel(1, 1);
        for (int y = 0; y < sheet.height; y++) {
            for (int x = 0; x < sheet.width; x++) {
                if (data.getPixel(x, y) != paper) {
                    var dot = new Rectangle(x, y, 1, 1);
                    ink = ink == null ? dot : ink.union(dot);
                }
            }
        }
        return ink;
    }

    @Test
    void whereThereIsNoPrinterOneIsToldWhatToDoInstead() throws Exception {
        PrintedPage page = ui(() -> pipeline.page());
        assertThat(Workbench.told("No printer", () -> Workbench.later(() -> {
            Printing.of(shell(), page, new PrinterData[0]);
            return null;
        }))).contains("This machine has no printer. The button 'Export as PNG' beside this one writes the same picture");
        Path picture = file.resolveSibling("piped.png");
        ui(() -> {
            pipeline.export(picture);
            return null;
        });
        until("the picture is there", () -> Files.exists(picture) && Files.size(picture) > 5_000);
        until("it is whole", () -> new ImageData(picture.toString()).width > 1_000);
    }

    @Test
    void aStageThatIsTakenAwayIsMissedByThoseThatReadItAndCtrlZBringsItBack() throws Exception {
        choose("tokenizer");
        ui(() -> key(SWT.DEL, 0));
        until("those that need it say so", () -> pipeline.words().contains("Training, needs tokenizer"));
        assertThat(ui(this::text)).isEqualTo(TEXT + "stages: [data, train, export, evaluate, benchmark, compare, report]\n");
        until("the check says it too", () -> editor.summary().contains("problem"));
        screenshot("pipeline-problem.png");
        undo();
        until("it is back", () -> pipeline.words().contains("; Tokenizer") && text().equals(TEXT));
    }

    @Test
    void ctrlZOfTheKeyboardUndoesOnBothPages() throws Exception {
        choose("tokenizer");
        ui(() -> key(SWT.DEL, 0));
        until("it is taken away", () -> text().endsWith("stages: [data, train, export, evaluate, benchmark, compare, report]\n"));
        ui(() -> {
            page().activate(editor);
            return null;
        });
        Workbench.press(pipeline.canvas().canvas(), 'z', "it is back", () -> text().equals(TEXT));
        ui(() -> {
            editor.turn(false);
            editor.viewer().getTextWidget().append("# more\n");
            return null;
        });
        Workbench.press(editor.viewer().getTextWidget(), 'z', "and what was typed is gone", () -> text().equals(TEXT));
    }

    @Test
    void linkingPutsStagesInTheOrderInWhichOneReadsTheOther() throws Exception {
        ui(() -> {
            pipeline.move("train", 1);
            return null;
        });
        until("export stands before training now", () -> pipeline.words().contains("Export, needs train"));
        Point[] ends = ui(() -> {
            Rectangle from = pipeline.canvas().area("train").orElseThrow();
            Rectangle to = pipeline.canvas().area("export").orElseThrow();
            return new Point[] {new Point(from.x + from.width / 2, from.y + from.height / 2), new Point(to.x + to.width / 2, to.y + to.height / 2)};
        });
        ui(() -> {
            Workbench.click(pipeline.canvas().canvas(), SWT.MouseDown, ends[0].x, ends[0].y, 1);
            Workbench.click(pipeline.canvas().canvas(), SWT.MouseMove, ends[1].x, ends[1].y, 0);
            return Workbench.click(pipeline.canvas().canvas(), SWT.MouseUp, ends[1].x, ends[1].y, 1);
        });
        until("it reads it", () -> !pipeline.words().contains("needs train") && text()
                .endsWith("stages: [data, tokenizer, train, export, evaluate, benchmark, "
                + "compare, report]\n"));
    }

    @Test
    void anOptionIsSetByItsFieldAndCommentsAndFormattingStay() throws Exception {
        choose("train");
        until("its options are there", () -> pipeline.field("tokens").isPresent());
        assertThat(ui(() -> ((Text) pipeline.field("tokens").orElseThrow()).getText())).isEqualTo("3M");
        assertThat(ui(() -> pipeline.said("tokens"))).hasValueSatisfying(help -> assertThat(help).contains("tokens"));
        enter("tokens", "500k");
        until("the text has it", () -> text().equals(TEXT.replace("3M ", "500k ")));
        enter("precision", "bf16");
        until("the text has it too", () -> text().equals(TEXT.replace("3M ", "500k ").replace("  batchTokens: 4096\n",
                "  batchTokens: 4096\n  precision: bf16\n")));
        enter("tokens", "many");
        until("what is wrong is said below it", () -> pipeline.said("tokens").orElse("").startsWith("✗ ") && pipeline.said("tokens").orElse("")
                .contains("many"));
        enter("tokens", "");
        until("an empty field has its default", () -> !text().contains("tokens:") && text().contains("# about memory\n"));
        undo();
        undo();
        until("step by step back", () -> text().contains("tokens: 500k         # all of it"));
    }

    private void enter(String option, String value) throws Exception {
        until(option + " is there", () -> pipeline.field(option).isPresent());
        ui(() -> {
            switch (pipeline.field(option).orElseThrow()) {
                case Text field -> {
                    field.setText(value);
                    field.notifyListeners(SWT.DefaultSelection, new Event());
                }
                case Combo field -> {
                    field.setText(value);
                    field.notifyListeners(SWT.Selection, new Event());
                }
                default -> throw new AssertionError("a field");
            }
            pipeline.canvas().canvas().setFocus();
            return null;
        });
    }

    @Test
    void aChoiceBringsTheOptionsOfWhatIsChosen() throws Exception {
        choose("train");
        enter("schedule", "linear");
        until("the chosen schedule has its own options", () -> pipeline.field("schedule.linear.warmup").isPresent());
        enter("schedule.linear.warmup", "0.05");
        until("they stand with it", () -> text().contains("  schedule: {linear: {warmup: 0.05}}\n"));
    }

    @Test
    void whatIsWrittenByHandIsDrawn() throws Exception {
        ui(() -> {
            editor.turn(false);
            editor.viewer().getTextWidget().append("stages: [data, tokenizer, train]   # no more\n");
            editor.turn(true);
            return null;
        });
        until("it is drawn", () -> pipeline.words().endsWith("Training"));
        ui(() -> {
            editor.viewer().getTextWidget().append("oops: [\n");
            return null;
        });
        until("what cannot be read is said, and the last graph stays", () -> pipeline.heading().startsWith("Not drawn anew: ") && pipeline.words()
                .endsWith("Training"));
    }

    @Test
    void aRunOfTheExperimentIsSeenInTheGraph() throws Exception {
        Path run = Files.createDirectory(file.resolveSibling("runs").resolve("piped-2026-11-27-1"));
        Files.writeString(run.resolve("experiment.yaml"), TEXT);
        List<org.encore.api.run.Event.Cell> cells = Stream.of("small", "large").map(v -> new org.encore.api.run.Event.Cell(v + "-seed1", v, 1, 1000,
                Map.of())).toList();
        Files.writeString(run.resolve("events.jsonl"), lines(List.of(
                new org.encore.api.run.Event.RunStarted("piped-2026-11-27-1", "piped", cells, List.of("data", "tokenizer", "train", "export"), false),
                new org.encore.api.run.Event.StageCached("", "data", "k"), new org.encore.api.run.Event.StageStarted("", "tokenizer"),
                new org.encore.api.run.Event.StageFinished("", "tokenizer", 0.5), new org.encore.api.run.Event.StageStarted("small-seed1", "train"),
                new org.encore.api.run.Event.StageFinished("small-seed1", "train", 10), new org.encore.api.run.Event.StageStarted("large-seed1",
                        "train"),
                new org.encore.api.run.Event.StageFinished("large-seed1", "train", 30),
                new org.encore.api.run.Event.StageStarted("small-seed1", "export"),
                new org.encore.api.run.Event.Progress("small-seed1", "export", 1, 4, "files")), Instant.now()));
        until("states, times and their spread, and what was done before", () -> pipeline.words().contains("Data, chosen, ✓ done before")
                && pipeline.words().contains("Tokenizer, ✓ 0.5 s") && pipeline.words().contains("Training, ✓ 20.0 s [10.0, 30.0]")
                && pipeline.words().contains("Export, ▶ 25 %, 0 of 2 done"));
        assertThat(ui(pipeline::heading)).isEqualTo("piped-2026-11-27-1: running");
        choose("train");
        try {
            for (Appearance.Choice theme : new Appearance.Choice[] {Appearance.Choice.LIGHT, Appearance.Choice.DARK}) {
                ui(() -> {
                    Appearance.apply(theme);
                    return null;
                });
                screenshot("graph-" + theme.name().toLowerCase(java.util.Locale.ROOT) + ".png");
            }
        } finally {
            ui(() -> {
                Appearance.apply(Settings.theme());
                return null;
            });
        }
    }

    @Test
    void theGraphIsWalkedMovedAndZoomedByKeys() throws Exception {
        ui(() -> key(SWT.ARROW_DOWN, 0));
        until("the next stage is chosen", () -> pipeline.words().contains("Tokenizer, chosen"));
        Rectangle before = ui(() -> pipeline.canvas().area("train").orElseThrow());
        ui(() -> key('+', 0));
        assertThat(ui(() -> pipeline.canvas().area("train").orElseThrow().width)).isGreaterThan(before.width);
        ui(() -> key('0', 0));
        assertThat(ui(() -> pipeline.canvas().area("train").orElseThrow())).isEqualTo(before);
    }
}
