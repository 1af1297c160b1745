package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.eclipse.swt.graphics.Resource;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.views.IViewDescriptor;
import org.encore.experiment.yaml.YamlReader;
import org.encore.workbench.compare.ComparePerspective;
import org.encore.workbench.compare.ResultsView;
import org.encore.workbench.design.Editors;
import org.encore.workbench.design.ExperimentEditor;
import org.encore.workbench.device.DevicesPerspective;
import org.encore.workbench.device.RooflineView;
import org.encore.workbench.model.DifferenceView;
import org.encore.workbench.model.InspectPerspective;
import org.encore.workbench.model.PlayPerspective;
import org.encore.workbench.model.PlayView;
import org.encore.workbench.plugin.PluginsView;
import org.encore.workbench.run.LogView;
import org.encore.workbench.run.LossView;
import org.encore.workbench.run.QualityView;
import org.encore.workbench.run.RunPerspective;
import org.encore.workbench.run.RunsView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is opened, the window never waits, and leaves nothing behind when it is closed. */
class FluencyTest {

    private static final int ROUNDS = 200;
    /** Where a view is at home, and the view. */
    private static final List<Place> VIEWS = List.of(new Place(RunPerspective.ID, RunsView.ID), new Place(RunPerspective.ID, LossView.ID),
            new Place(RunPerspective.ID, QualityView.ID), new Place(RunPerspective.ID, LogView.ID), new Place(ComparePerspective.ID, ResultsView.ID),
            new Place(InspectPerspective.ID, DifferenceView.ID), new Place(PlayPerspective.ID, PlayView.ID), new Place(DevicesPerspective.ID, RooflineView.ID),
            new Place(DevicesPerspective.ID, PluginsView.ID));

    private record Place(String perspective, String view) {}

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void anExperiment() throws Exception {
        System.setProperty("encore.runs", folder.resolve("runs").toString());
        System.setProperty("encore.command", OtherProcess.script(folder.resolve("encore"), "exit 1\n").toString());
        file = Files.writeString(folder.resolve("fluent.yaml"), "name: fluent\ntask: g2p-cmudict\nvariants:\n  a: {decoder-only: {layers: 2}}\n");
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            return PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
        });
    }

    @AfterEach
    void usualWindow() throws Exception {
        ui(() -> {
            page().closeAllEditors(false);
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().resetPerspective();
            return null;
        });
    }

    @Test
    void aThreadThatReadsIsSeen() throws Exception {
        UiThread.taken();
        Path large = Files.writeString(file.resolveSibling("large.yaml"), "# ".repeat(200_000));
        ui(() -> {
            long end = System.nanoTime() + 1_000_000_000L;
            while (System.nanoTime() < end) {
                YamlReader.text(large); // of ours, and it reads a file
            }
            return null;
        });
        assertThat(UiThread.taken()).as("what the watch has seen").anySatisfy(stack -> assertThat(stack).contains("YamlReader.text"));
    }

    @Test
    void everyPerspectiveAndViewOpensWithoutWaiting() throws Exception {
        UiThread.taken();
        for (IPerspectiveDescriptor perspective : ui(() -> PlatformUI.getWorkbench().getPerspectiveRegistry().getPerspectives())) {
            ui(() -> PlatformUI.getWorkbench().showPerspective(perspective.getId(), PlatformUI.getWorkbench().getWorkbenchWindows()[0]));
            Thread.sleep(100);
        }
        ui(() -> PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]));
        for (IViewDescriptor view : ui(() -> PlatformUI.getWorkbench().getViewRegistry().getViews())) {
            if (view.getId().startsWith("org.encore.")) {
                ui(() -> page().showView(view.getId()));
                Thread.sleep(100);
            }
        }
        editor(false);
        editor(true);
        assertThat(UiThread.taken()).isEmpty();
        Path report = Path.of(System.getProperty("encore.screenshots", "target/screenshots")).toAbsolutePath().resolve("stalls.txt");
        Files.createDirectories(report.getParent());
        Files.writeString(report, "Places where the user interface's thread stayed for more than 200 ms while tests ran:\n\n" + String.join("\n\n",
                UiThread.stalls())
                + "\n");
    }

    private WeakReference<IWorkbenchPart> editor(boolean pipeline) throws Exception {
        ui(() -> {
            Editors.open(page(), file);
            ((ExperimentEditor) page().getActiveEditor()).turn(pipeline);
            return null;
        });
        until("it is checked", () -> !((ExperimentEditor) page().getActiveEditor()).summary().isEmpty());
        var part = new WeakReference<IWorkbenchPart>(ui(() -> page().getActiveEditor()));
        ui(() -> page().closeAllEditors(false));
        return part;
    }

    @Test
    void twoHundredRoundsOfOpeningAndClosingLeaveNothingBehind() throws Exception {
        Set<String> undisposed = ConcurrentHashMap.newKeySet();
        for (Place place : VIEWS) {
            round(place);
            editor(true);   // what a perspective keeps once it has shown an editor is there before the rounds
        }
        show(RunPerspective.ID);
        int before = ui(() -> count(shell()));
        ui(() -> {
            Resource.setNonDisposeHandler(error -> {
                for (StackTraceElement frame : error.getStackTrace()) {
                    if (frame.getClassName().startsWith("org.encore.") && !frame.getClassName().startsWith("org.encore.workbench.tests.")) {
                        undisposed.add(error.getStackTrace()[Math.min(3, error.getStackTrace().length - 1)] + " … " + frame);
                        return;
                    }
                }
            });
            return null;
        });
        var parts = new ArrayList<WeakReference<IWorkbenchPart>>();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                parts.add(i % 20 == 19 ? editor(i % 40 == 39) : round(VIEWS.get(i * VIEWS.size() / ROUNDS)));
            }
            show(RunPerspective.ID);
            assertThat(ui(() -> count(shell()))).as("controls in the window").isLessThanOrEqualTo(before + 5);
            for (int i = 0; i < 20 && parts.stream().anyMatch(part -> part.get() != null); i++) {
                System.gc();
                Thread.sleep(100);
            }
            assertThat(alive(parts)).as("how many of what was closed are kept, by kind").isEmpty();
            assertThat(undisposed).as("colours, fonts and images of ours that were never disposed").isEmpty();
        } finally {
            ui(() -> {
                Resource.setNonDisposeHandler(null);
                return null;
            });
        }
    }

    /** The workbench remembers the last of each. */
    private static Map<String, Long> alive(List<WeakReference<IWorkbenchPart>> parts) {
        Map<String, Long> byKind = parts.stream().map(WeakReference::get).filter(Objects::nonNull)
                .collect(Collectors.groupingBy(part -> part.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
        byKind.values().removeIf(count -> count <= 2);
        return byKind;
    }

    private static void show(String perspective) throws Exception {
        ui(() -> PlatformUI.getWorkbench().showPerspective(perspective, PlatformUI.getWorkbench().getWorkbenchWindows()[0]));
    }

    private static WeakReference<IWorkbenchPart> round(Place place) throws Exception {
        show(place.perspective());
        return ui(() -> {
            var part = new WeakReference<IWorkbenchPart>(page().showView(place.view()));
            page().hideView(page().findView(place.view()));
            return part;
        });
    }

    private static int count(Composite parent) {
        int count = 1;
        for (Control child : parent.getChildren()) {
            count += child instanceof Composite inside ? count(inside) : 1;
        }
        return count;
    }
}
