package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.click;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.device.DevicesPerspective;
import org.encore.workbench.device.DevicesView;
import org.encore.workbench.device.RooflineView;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.plugin.PluginsView;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This machine and its plug-ins, by the command that one types. */
class DevicesTest {

    private static final String DEVICES = """
            {"machine": {"processor": "A processor", "threads": 2, "machineThreads": 4, "memoryBytes": 8.0e9},
             "limits": {"machine": "m", "when": "2026-11-27T09:00:00Z", "threads": 2, "reached": [
               {"probe": "sum", "device": "cpu", "limit": "READ_BANDWIDTH", "best": 2.0e10, "median": 1.9e10, "low": 1.8e10, "high": 1.95e10,
                "attempts": 30, "foreignCores": 0.0},
               {"probe": "blas", "device": "cpu", "limit": "FP32_PRODUCTS", "best": 2.0e11, "median": 1.9e11, "low": 1.8e11, "high": 1.95e11,
                "attempts": 30, "foreignCores": 0.0},
               {"probe": "blas8", "device": "cpu", "limit": "INT8_PRODUCTS", "best": 5.0e11, "median": 4.9e11, "low": 4.8e11, "high": 4.95e11,
                "attempts": 30, "foreignCores": 0.0}]},
             "backends": [{"id": "ort-cpu", "here": true, "what": "ONNX Runtime, CPU"},
               {"id": "ort-cuda", "here": false, "reason": "this runtime is built without CUDA", "remedy": "Install the GPU package"}],
             "trainers": [{"id": "torch", "here": true, "what": "libtorch, 2 threads"}], "probes": []}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aCommandThatAnswers() throws Exception {
        Files.writeString(folder.resolve("devices.json"), DEVICES);
        System.setProperty("encore.command", OtherProcess.script(folder.resolve("encore"), """
                echo "$*" >> '%1$s/asked'
                case "$1" in
                  devices) cat '%1$s/devices.json' ;;
                  plugin) echo "bad.jar is no plug-in: it has no manifest" >&2; exit 1 ;;
                esac
                """.formatted(folder)).toString());
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(DevicesPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            page().resetPerspective();
            return null;
        });
    }

    @AfterEach
    void usualWindow() throws Exception {
        ui(() -> {
            Appearance.apply(Appearance.Choice.LIGHT);
            return PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
        });
    }

    private static String text(TableViewer table) {
        return String.join("\n", Stream.of(table.getTable().getItems()).map(item -> item.getText(0) + "|" + item.getText(1) + "|" + item.getText(2)
                + "|" + item.getText(
                3)).toList());
    }

    @Test
    void whatComputesHereIsListedAndWhatIsMissingSaysWhyAndWhatToDo() throws Exception {
        DevicesView view = ui(() -> (DevicesView) page().showView(DevicesView.ID));
        click("Measure this machine's limits anew");
        until("everything is listed", () -> text(view.viewer()).contains("backend|ort-cpu|✓|ONNX Runtime, CPU"));
        assertThat(ui(() -> text(view.viewer()))).contains("machine|processor|✓|A processor, 2 of 4 threads",
                "backend|ort-cuda|✗ no|this runtime is built without CUDA. Install the GPU package",
                        "limit|read bandwidth|✓|20.00 GB/s by sum, best of 30");
        until("it was measured anew", () -> Files.exists(folder.resolve("asked")) && Files.readString(folder.resolve("asked"))
                .contains("devices --json --measure\n"));
        ui(() -> {
            view.viewer().setSelection(new StructuredSelection(Stream.of(view.viewer().getTable().getItems()).filter(item -> item.getText(1)
                    .equals("ort-cuda"))
                    .findFirst().orElseThrow().getData()));
            return null;
        });
        assertThat(ui(() -> Workbench.find(view.viewer().getTable().getParent().getParent(), Text.class).getText()))
                .isEqualTo("ort-cuda: this runtime is built without CUDA. Install the GPU package");
        RooflineView roof = ui(() -> (RooflineView) page().showView(RooflineView.ID));
        until("the roof is drawn", () -> roof.figure() != null && roof.canvas().pictures() > 0);
        assertThat(ui(() -> roof.figure().words()))
                .isEqualTo("Reading: 20.0 GB/s; fp32 matrix products: at most 200 GFLOP/s, from 10.0 operations per byte on; "
                + "int8 matrix products: at most 500 GOP/s, from 25.0 operations per byte on");
        screenshot("devices-light.png");
        ui(() -> {
            Appearance.apply(Appearance.Choice.DARK);
            return null;
        });
        screenshot("devices-dark.png");
    }

    @Test
    void aCommandThatFailsIsQuoted() throws Exception {
        DevicesView view = ui(() -> (DevicesView) page().showView(DevicesView.ID));
        Files.writeString(folder.resolve("devices.json"), "warning: no json\n");
        click("Measure this machine's limits anew");
        until("it is said", () -> view.said().contains("'encore devices --json' printed something else than devices"));
    }

    @Test
    void plugInsAreInstalledByTheCommandAndWhatItRefusesIsSaid() throws Exception {
        PluginsView view = ui(() -> (PluginsView) page().showView(PluginsView.ID));
        ui(() -> {
            view.actions().install("/somewhere/bad.jar");
            return null;
        });
        until("the reason is said", () -> view.said().equals("Not done: bad.jar is no plug-in: it has no manifest"));
        assertThat(Files.readString(folder.resolve("asked"))).contains("plugin install /somewhere/bad.jar\n");
    }
}
