package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.encore.workbench.Installation;
import org.encore.workbench.Settings;
import org.encore.workbench.chart.ChartPart;
import org.encore.workbench.compare.ComparePerspective;
import org.encore.workbench.compare.ExamplesView;
import org.encore.workbench.compare.ResultsView;
import org.encore.workbench.compare.TradeOffView;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.design.Editors;
import org.encore.workbench.design.ExperimentEditor;
import org.encore.workbench.device.DevicesPerspective;
import org.encore.workbench.device.DevicesView;
import org.encore.workbench.device.RooflineView;
import org.encore.workbench.model.AttentionView;
import org.encore.workbench.model.InspectPerspective;
import org.encore.workbench.model.ModelView;
import org.encore.workbench.model.PlayPerspective;
import org.encore.workbench.model.PlayView;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.run.FirstTokenView;
import org.encore.workbench.run.LossView;
import org.encore.workbench.run.QualityView;
import org.encore.workbench.run.RunPerspective;
import org.encore.workbench.run.RunsView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Takes the pictures of docs/screenshots from a real run: scripts/screenshots. */
@EnabledIfEnvironmentVariable(named = "ENCORE_PICTURES_OF", matches = ".+", disabledReason = "scripts/screenshots takes pictures")
class PicturesTest {

    @Test
    void everyPerspectiveIsPicturedLightAndDark() throws Exception {
        System.setProperty("encore.runs", System.getenv("ENCORE_PICTURES_OF"));
        System.setProperty("encore.home", ""); // where examples are named as one types them
        System.setProperty("encore.command", Path.of(System.getProperty("encore.root"), "encore").toString());
        for (Appearance.Choice theme : new Appearance.Choice[] {Appearance.Choice.LIGHT, Appearance.Choice.DARK}) {
            String name = theme.name().toLowerCase(Locale.ROOT);
            ui(() -> {
                shell().setBounds(0, 0, 1280, shell().getMonitor().getZoom() > 100 ? 720 : 800); // of 2560x1440 at 200 %
                Settings.store().setValue(Settings.THEME, theme.name());
                Appearance.apply(theme);
                return null;
            });
            welcome(name);
            run(name);
            design(name);
            compare(name);
            inspect(name);
            play(name);
            devices(name);
        }
    }

    private static void perspective(String id, String view) throws Exception {
        ui(() -> {
            PlatformUI.getWorkbench().showPerspective(id, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().resetPerspective();
            if (!view.isEmpty()) {
                page().hideView(page().findView(view)); // made before the folder of runs was known
                page().showView(view);
            }
            return null;
        });
    }

    private static void welcome(String theme) throws Exception {
        ui(() -> PlatformUI.getWorkbench().getWorkbenchWindows()[0].getService(IHandlerService.class)
                .executeCommand("org.encore.workbench.welcome", null));
        picture("welcome-" + theme);
        ui(() -> PlatformUI.getWorkbench().getIntroManager().closeIntro(PlatformUI.getWorkbench().getIntroManager().getIntro()));
    }

    private static void run(String theme) throws Exception {
        perspective(RunPerspective.ID, RunsView.ID);
        drawn(LossView.ID);
        drawn(FirstTokenView.ID);
        picture("run-" + theme);
        drawn(QualityView.ID);
        picture("quality-" + theme);
    }

    private static void design(String theme) throws Exception {
        perspective(DesignPerspective.ID, "");
        ui(() -> {
            Editors.open(page(), Installation.quickstart());
            return null;
        });
        until("it is checked", () -> page().getActiveEditor() instanceof ExperimentEditor editor && !editor.summary().isEmpty());
        picture("design-" + theme);
        ui(() -> {
            ((ExperimentEditor) page().getActiveEditor()).turn(true);
            return null;
        });
        until("the run is seen in the graph", () -> ((ExperimentEditor) page().getActiveEditor()).pipeline().words().contains("✓"));
        picture("pipeline-" + theme);
        ui(() -> page().closeAllEditors(false));
    }

    private static void compare(String theme) throws Exception {
        perspective(ComparePerspective.ID, ResultsView.ID);
        drawn(TradeOffView.ID);
        picture("compare-" + theme);
        ui(() -> page().showView(ExamplesView.ID));
        picture("examples-" + theme);
    }

    private static void inspect(String theme) throws Exception {
        perspective(InspectPerspective.ID, ModelView.ID);
        ModelView model = ui(() -> (ModelView) page().showView(ModelView.ID));
        until("a model is open", () -> model.said().contains("parameters. Modelled"));
        picture("inspect-" + theme);
        AttentionView attention = ui(() -> {
            page().hideView(page().findView(AttentionView.ID));
            return (AttentionView) page().showView(AttentionView.ID);
        });
        until("models are offered", () -> attention.said().startsWith("Type a source"));
        Workbench.pushBeside(attention.source(), "Example");
        until("there is a map", () -> attention.picture().figure() != null && attention.picture().canvas().pictures() > 0);
        ui(() -> Workbench.key(attention.picture().canvas(), SWT.ARROW_DOWN));
        picture("attention-" + theme);
    }

    private static void play(String theme) throws Exception {
        perspective(PlayPerspective.ID, PlayView.ID);
        PlayView play = ui(() -> (PlayView) page().showView(PlayView.ID));
        until("models are offered", () -> play.state().said().isEmpty());
        Workbench.pushBeside(play.source(), "Example");
        until("an example is there", () -> !play.source().getText().isEmpty() && Workbench.find(shell(), "Ask").isEnabled());
        Workbench.push("Ask");
        until("both have answered", () -> !play.answer(0).isEmpty() && !play.answer(1).isEmpty() && Workbench.find(shell(), "Ask").isEnabled());
        assertThat(ui(() -> play.figures(0))).contains("first token").contains("tokens");
        ui(() -> {
            Point first = play.output(0).output().getLocationAtOffset(0);
            return Workbench.click(play.output(0).output(), SWT.MouseMove, first.x + 2, first.y + 4, 0);
        });
        until("what the first looked at is shaded", () -> play.output(0).source().getText().contains(" ← "));
        picture("play-" + theme);
    }

    private static void devices(String theme) throws Exception {
        perspective(DevicesPerspective.ID, "");
        until("everything is listed", () -> page().findView(DevicesView.ID) instanceof DevicesView view
                && view.viewer().getTable().getItemCount() > 0);
        drawn(RooflineView.ID);
        picture("devices-" + theme);
    }

    private static void drawn(String view) throws Exception {
        ui(() -> page().showView(view));
        until(view + " is drawn", () -> page().findView(view) instanceof ChartPart<?> part && part.figure() != null && part.canvas().pictures() > 0);
    }

    private static void picture(String name) throws Exception {
        Path file = screenshot(name + ".png");
        assertThat(Files.size(file)).as("bytes of " + file).isGreaterThan(10_000);
    }
}
