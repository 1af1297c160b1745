package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.push;
import static org.encore.workbench.tests.Workbench.pushBeside;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.still;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.PlatformUI;
import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.workbench.chart.ChartExport;
import org.encore.workbench.model.AttentionView;
import org.encore.workbench.model.DifferenceView;
import org.encore.workbench.model.InspectPerspective;
import org.encore.workbench.model.ModelView;
import org.encore.workbench.model.PlayPerspective;
import org.encore.workbench.model.PlayView;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were really trained, a little, are looked at and asked. */
class ModelTest {

    @TempDir
    private static Path runs;

    @BeforeAll
    static void twoModelsAreTrained() throws Exception {
        System.clearProperty("encore.command"); // all work is done in this process
        System.setProperty("encore.turns", Files.createDirectory(runs.resolve("turns")).toString());
        Path file = Files.writeString(runs.resolve("tiny.yaml"), """
                name: tiny
                task: g2p-cmudict
                variants:
                  deep: {decoder-only: {layers: 2, block: {width: 16, heads: 2, kvHeads: 1, headSize: 8}}}
                  split: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 2, kvHeads: 1, headSize: 8}}}
                stages: [data, tokenizer, train]
                resources: {threads: 1}
                train: {tokens: 150k, batchTokens: 2048}
                """);
        var registry = Registry.ofPlatform();
        Workshop workshop = Workshop.of(registry, List.of(), runs, true, Monitor.NONE, line -> { });
        assertThat(Runner.run(Plan.of(ExperimentReader.read(file, registry), workshop.corpora()), workshop, List.of(), () -> false).failures())
                .isEmpty();
        System.setProperty("encore.runs", runs.toString());
    }

    private static <V> V open(String perspective, String view, Class<V> type) throws Exception {
        return ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(perspective, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().hideView(page().findView(view));
            return type.cast(page().showView(view));
        });
    }

    @AfterEach
    void back() throws Exception {
        ui(() -> {
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            return null;
        });
    }

    @Test
    void aModelIsShownByLayersWithItsShapesAndWhatTheyCost() throws Exception {
        ModelView view = open(InspectPerspective.ID, ModelView.ID, ModelView.class);
        until("a model is open", () -> view.said().startsWith("decoder-only: ") && view.said().contains("Modelled, not measured"));
        TreeItem whole = ui(() -> view.viewer().getTree().getItem(0));
        String parameters = ui(() -> whole.getText(2));
        assertThat(ui(view::said)).contains(": " + parameters + " parameters");
        assertThat(ui(() -> Stream.of(whole.getItems()).map(TreeItem::getText).toList())).contains("decoder");
        String short16 = ui(() -> whole.getText(3));
        ui(() -> {
            view.lengths(64, 16);
            return null;
        });
        until("a longer source costs more", () -> view.viewer().getTree().getItemCount() == 1
                && mega(view.viewer().getTree().getItem(0).getText(3)) > 3 * mega(short16));
        screenshot("inspect.png");
    }

    @Test
    void twoModelsAreComparedPartByPart() throws Exception {
        DifferenceView view = open(InspectPerspective.ID, DifferenceView.ID, DifferenceView.class);
        until("they are compared", () -> view.said().contains("decoder-only") && view.said().contains("encoder-decoder"));
        TreeItem whole = ui(() -> view.viewer().getTree().getItem(0));
        assertThat(ui(() -> Stream.of(whole.getItems()).filter(item -> item.getText(1).equals("only in the second")).map(TreeItem::getText).toList()))
                .containsExactly("encoder");
        assertThat(ui(() -> Stream.of(whole.getItems()).filter(item -> item.getText().equals("decoder")).findFirst().orElseThrow().getText(1)))
                .as("its layers are fewer, and others").isNotEmpty();
        assertThat(ui(() -> view.viewer().getTree().getItem(0).getText(2))).as("parameters of the first").matches("[\\d,]+");
        screenshot("difference.png");
    }

    private static void look(AttentionView view) throws Exception {
        ui(() -> {
            view.source().notifyListeners(SWT.DefaultSelection, new Event());
            return null;
        });
    }

    @Test
    void whatAModelLooksAtIsSeenByLayerAndHeadWithItsNumbers() throws Exception {
        AttentionView view = open(InspectPerspective.ID, AttentionView.ID, AttentionView.class);
        until("it says what to do", () -> view.said().startsWith("Type a source or take an example"));
        look(view);
        until("nothing is no source", () -> view.said().equals("Type something first."));
        pushBeside(view.source(), "Example");
        until("there is a map", () -> view.said().isEmpty() && view.picture().figure() != null);
        assertThat(ui(() -> List.of(view.attentionBox().getItems()))).as("the attentions of two layers")
                .containsExactly("decoder.0.self", "decoder.1.self");
        assertThat(ui(() -> List.of(view.headBox().getItems()))).containsExactly("mean of 2 heads", "head 1", "head 2");
        byte[] mean = still(view.picture().canvas());
        ui(() -> {
            view.headBox().select(2);
            view.headBox().notifyListeners(SWT.Selection, new Event());
            return null;
        });
        until("another head is shown", () -> view.picture().figure().title().endsWith(", head 2"));
        assertThat(still(view.picture().canvas())).as("and looks elsewhere").isNotEqualTo(mean);

        AttentionMap map = ui(() -> view.attended().maps().getLast());
        ui(() -> {
            Rectangle second = view.picture().canvas().place(new Rectangle2D.Double(-0.5, 0.5, 1, 1)).orElseThrow();
            return Workbench.click(view.picture().canvas(), SWT.MouseMove, second.x + second.width / 2, second.y + second.height / 2, 0);
        });
        assertThat(ui(() -> view.picture().cell())).as("where the mouse is").startsWith(ui(() -> view.attended().queries(map).get(1)) + ": ")
                .contains(String.format(Locale.ROOT, "%.3f of its attention goes to %s (row 2, column 1", map.weight(1, 1, 0),
                        view.attended().source().get(0)));
        ui(() -> Workbench.key(view.picture().canvas(), SWT.ARROW_RIGHT));
        assertThat(ui(() -> view.picture().cell())).as("by keyboard").contains(String.format(Locale.ROOT, "%.3f of", map.weight(1, 1, 1)))
                .contains("row 2, column 2");
        ui(() -> Workbench.key(view.picture().canvas(), SWT.ARROW_UP));
        assertThat(ui(() -> view.picture().cell())).as("what is ahead is not seen").contains("0.000 of").contains("row 1, column 2");
        screenshot("attention.png");

        Path folder = Files.createDirectory(runs.resolve("pictures"));
        ui(() -> {
            ChartExport.write(PlatformUI.getWorkbench().getWorkbenchWindows()[0], view.picture().figure(), folder);
            return null;
        });
        until("the map is exported", () -> Files.exists(folder.resolve("attention-decoder-1-self.png")) && Files.size(folder
                .resolve("attention-decoder-1-self.png")) > 5_000);
        assertThat(Files.readString(folder.resolve("attention-decoder-1-self.csv"))).startsWith("query,queryToken,key,keyToken,weight\n0,");
        ui(() -> {
            view.source().setText("ab");
            view.output().setText("AE B");
            return null;
        });
        look(view);
        until("a given output is looked at too", () -> view.attended() != null && view.attended().target().equals(List.of("AE", "B")));
        assertThat(ui(() -> view.command().orElseThrow().toString())).startsWith("encore explain attention ")
                .contains(" ab --cell deep-seed1 --output 'AE B'");
    }

    private static double mega(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text.replace(",", ""));
    }

    @Test
    void twoModelsAnswerTheSameQuestionAndWhatCannotBeReadIsSaid() throws Exception {
        PlayView play = open(PlayPerspective.ID, PlayView.ID, PlayView.class);
        until("models are offered", () -> play.state().said().isEmpty());
        pushBeside(play.source(), "Example");
        until("an example is there", () -> !play.source().getText().isEmpty() && Workbench.find(shell(), "Ask").isEnabled());
        push("Ask");
        until("both have answered", () -> play.figures(0).startsWith("first token ") && play.figures(1).startsWith("first token ")
                && Workbench.find(shell(), "Ask").isEnabled());
        attentionToTheSource(play);
        screenshot("play.png");
        ui(() -> {
            play.source().setText("");
            return null;
        });
        push("Ask");
        until("it says what is missing", () -> play.figures(0).equals("Type something first."));
    }

    /** By the mouse, and after another answer by the caret. */
    private static void attentionToTheSource(PlayView play) throws Exception {
        assertThat(ui(() -> play.answer(0))).as("a model that was trained a little writes something").isNotEmpty();
        assertThat(ui(() -> play.output(0).source().getText())).startsWith("Point at a token of the answer");
        ui(() -> {
            Point first = play.output(0).output().getLocationAtOffset(0);
            return Workbench.click(play.output(0).output(), SWT.MouseMove, first.x + 2, first.y + 4, 0);
        });
        isShaded(play);
        push("Ask");
        until("both have answered again", () -> play.output(0).source().getText().startsWith("Point at") && !play.answer(0).isEmpty()
                && Workbench.find(shell(), "Ask").isEnabled());
        ui(() -> {
            play.output(0).output().setCaretOffset(0);
            play.output(0).output().notifyListeners(SWT.KeyUp, new Event());
            return null;
        });
        isShaded(play);
    }

    private static void isShaded(PlayView play) throws Exception {
        StyledText source = play.output(0).source();
        until("what it looked at is shaded", () -> source.getText().contains(" ← "));
        String[] lines = ui(() -> source.getText().split("\n"));
        String asked = ui(() -> play.source().getText());
        assertThat(lines[0].replace(" ", "")).as("every letter").isEqualTo(asked);
        assertThat(lines[1]).startsWith(ui(() -> play.answer(0)).split(" ")[0] + " ← ").matches(".* \\d\\.\\d\\d(, .*)?");
        assertThat(ui(() -> Stream.of(source.getStyleRanges()).filter(range -> !source.getBackground().equals(range.background)).count()))
                .as("shaded letters").isEqualTo(asked.length());
    }
}
