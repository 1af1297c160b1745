package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.push;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.PlatformUI;
import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.workbench.model.DifferenceView;
import org.encore.workbench.model.InspectPerspective;
import org.encore.workbench.model.ModelView;
import org.encore.workbench.model.PlayPerspective;
import org.encore.workbench.model.PlayView;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models that were really trained, a little, are looked at and asked. */
class ModelTest {

    private static Path runs;

    @BeforeAll
    static void twoModelsAreTrained() throws Exception {
        runs = Files.createTempDirectory("encore-runs");
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
                train: {tokens: 4000, batchTokens: 1000}
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

    private static double mega(String text) {
        return text.isEmpty() ? 0 : Double.parseDouble(text.replace(",", ""));
    }

    @Test
    void twoModelsAnswerTheSameQuestionAndWhatCannotBeReadIsSaid() throws Exception {
        PlayView play = open(PlayPerspective.ID, PlayView.ID, PlayView.class);
        until("models are offered", () -> play.state().said().isEmpty());
        push("Example");
        until("an example is there", () -> !play.source().getText().isEmpty() && Workbench.find(shell(), "Ask").isEnabled());
        push("Ask");
        until("both have answered", () -> play.figures(0).startsWith("first token ") && play.figures(1).startsWith("first token ")
                && Workbench.find(shell(), "Ask").isEnabled());
        screenshot("play.png");
        ui(() -> {
            play.source().setText("");
            return null;
        });
        push("Ask");
        until("it says what is missing", () -> play.figures(0).equals("Type something first."));
    }
}
