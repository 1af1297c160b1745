package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.click;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.push;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CCombo;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.PlatformUI;
import org.encore.plugins.Plugins;
import org.encore.workbench.Settings;
import org.encore.workbench.SettingsPage;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.plugin.LoadedPlugins;
import org.encore.workbench.plugin.PluginsView;
import org.encore.workbench.run.LogView;
import org.encore.workbench.run.RunsView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window itself: its first page, its looks, its settings, what it says of plug-ins. */
class ShellTest {

    @TempDir
    private Path runs;

    @BeforeEach
    void usualWindow() throws Exception {
        System.setProperty("encore.runs", runs.toString());
        System.setProperty("encore.home", System.getProperty("encore.root"));
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            return null;
        });
    }

    @AfterEach
    void usualSettings() throws Exception {
        ui(() -> {
            Settings.store().setToDefault(Settings.THREADS);
            Settings.store().setToDefault(Settings.MEMORY);
            Settings.store().setToDefault(Settings.DATA);
            Appearance.apply(Appearance.Choice.LIGHT);
            return null;
        });
    }

    private static void execute(String command) throws Exception {
        Workbench.later(() -> PlatformUI.getWorkbench().getActiveWorkbenchWindow().getService(org.eclipse.ui.handlers.IHandlerService.class)
                .executeCommand(command, null));
    }

    private static String clipboard() throws Exception {
        return ui(() -> {
            var clipboard = new Clipboard(shell().getDisplay());
            var text = (String) clipboard.getContents(TextTransfer.getInstance());
            clipboard.dispose();
            return text;
        });
    }

    @Test
    void fromTheFirstPageTheQuickstartRunsInOneClick() throws Exception {
        System.setProperty("encore.command", OtherProcess.script(runs.resolve("encore"), "echo \"started: $*\"\n").toString());
        execute("org.encore.workbench.welcome");
        until("the first page offers the quickstart", () -> Workbench.find(shell(), "Run the quickstart") != null);
        screenshot("welcome.png");
        push("Run the quickstart");
        LogView log = ui(() -> (LogView) page().showView(LogView.ID));
        until("it runs", () -> log.content().contains("started: run ") && log.content().contains("quickstart.yaml"));
        assertThat(ui(() -> Workbench.find(shell(), CCombo.class).getText())).endsWith("quickstart.yaml");
        assertThat(ui(() -> page().getPerspective().getLabel())).isEqualTo("Run");
        assertThat(ui(() -> PlatformUI.getWorkbench().getIntroManager().getIntro())).as("the first page is gone").isNull();
    }

    @Test
    void whatThePartInFrontShowsCanBeCopiedAsACommand() throws Exception {
        ui(() -> {
            Workbench.find(shell(), CCombo.class).setText("my file.yaml");
            Settings.store().setValue(Settings.THREADS, 2);
            Settings.store().setValue(Settings.MEMORY, 900);
            Settings.store().setValue(Settings.DATA, "/data sets");
            page().activate(page().showView(LogView.ID));
            return null;
        });
        click("Copy as command");
        until("the command is there", () -> ("ENCORE_DATA='/data sets' ENCORE_JAVA_OPTIONS=-Xmx900m encore run 'my file.yaml' "
                + "--set resources.threads=2 --runs " + runs).equals(clipboard()));
        ui(() -> {
            page().activate(page().showView(RunsView.ID));
            return null;
        });
        click("Copy as command");
        until("the list of runs has another", () -> "encore runs".equals(clipboard()) || clipboard().startsWith("encore show "));
    }

    @Test
    void aShellReadsACommandAsItWasMeant() {
        assertThat(new ShellLine(Map.of("A", "it's"), List.of("run", "a b", "c"))).hasToString("A='it'\\''s' encore run 'a b' c");
        assertThat(ShellLine.of("show", "").and("--x")).hasToString("encore show '' --x");
    }

    @Test
    void theWindowIsLightOrDark() throws Exception {
        ui(() -> {
            Appearance.apply(Appearance.Choice.DARK);
            return null;
        });
        until("the window is dark", () -> brightness(Workbench.find(shell(), Table.class, Composite.class)) < 110);
        screenshot("dark.png");
        ui(() -> {
            Appearance.apply(Appearance.Choice.LIGHT);
            return null;
        });
        until("the window is light", () -> brightness(Workbench.find(shell(), Table.class, Composite.class)) > 180);
    }

    @Test
    void aWindowThatWasDarkOffersToStartAnew() throws Exception {
        ui(() -> {
            Settings.store().setValue(Settings.THEME, Appearance.Choice.DARK.name());
            Appearance.apply(Appearance.Choice.DARK);
            return null;
        });
        try {
            execute("org.eclipse.ui.window.preferences");
            until("the settings are open", () -> preferences() != null);
            ui(() -> {
                Combo themes = Workbench.find(preferences(), Combo.class);
                themes.select(List.of(themes.getItems()).indexOf("light"));
                themes.notifyListeners(SWT.Selection, new Event());
                return null;
            });
            Workbench.later(() -> {
                Workbench.find(preferences(), "Apply and Close").notifyListeners(SWT.Selection, new Event());
                return null;
            });
            until("it asks", () -> Workbench.dialog(SettingsPage.RESTART) != null);
            ui(() -> {
                assertThat(Workbench.find(Workbench.dialog(SettingsPage.RESTART), "Restart now")).isNotNull();
                Workbench.find(Workbench.dialog(SettingsPage.RESTART), "Later").notifyListeners(SWT.Selection, new Event());
                return null;
            });
            until("the settings are closed", () -> preferences() == null);
            assertThat(Settings.theme()).isEqualTo(Appearance.Choice.LIGHT);
            until("the window is light already", () -> brightness(Workbench.find(shell(), Table.class, Composite.class)) > 180);
        } finally {
            ui(() -> {
                Settings.store().setToDefault(Settings.THEME);
                return null;
            });
        }
    }

    private static Shell preferences() {
        return Workbench.dialog("Preferences");
    }

    private static int brightness(Composite part) {
        RGB colour = part.getBackground().getRGB();
        return (colour.red + colour.green + colour.blue) / 3;
    }

    @Test
    void iconsAreDrawnAtTheScaleOfTheScreen() throws Exception {
        ImageDescriptor icon = Icons.of("run");
        for (int zoom : new int[] {100, 150, 200, 300}) {
            ImageData data = ui(() -> icon.getImageData(zoom));
            assertThat(data.width).as("pixels at " + zoom + " %").isEqualTo(16 * zoom / 100);
        }
    }

    @Test
    void aPluginThatDoesNotWorkIsToldInTheWindow() throws Exception {
        Path broken = Files.write(runs.resolve("broken.jar"), new byte[] {1, 2, 3});
        LoadedPlugins.are(Plugins.load(List.of(broken)));
        try {
            ui(() -> {
                LoadedPlugins.tell(PlatformUI.getWorkbench().getActiveWorkbenchWindow());
                return null;
            });
            until("the view of plug-ins comes to the front", () -> page().findView(PluginsView.ID) != null);
            PluginsView view = ui(() -> (PluginsView) page().findView(PluginsView.ID));
            until("it says which and why", () -> Stream.of(view.viewer().getTable().getItems()).anyMatch(item -> item.getText(2)
                    .startsWith(broken + " is left out: ")));
            screenshot("plugins.png");
        } finally {
            LoadedPlugins.are(List.of());
            ui(() -> {
                page().hideView(page().findView(PluginsView.ID));
                return null;
            });
        }
    }

    @Test
    void aboutNamesVersionsAndLicences() throws Exception {
        execute("org.encore.workbench.about");
        until("the dialog is open", () -> Workbench.dialog("About Encore") != null);
        until("it lists what the window is made of", () -> {
            Table table = Workbench.find(Workbench.dialog("About Encore"), Table.class);
            return Stream.of(table.getItems()).anyMatch(item -> item.getText(0).equals("org.eclipse.swt") && item.getText(2).equals("EPL-2.0"))
                    && Stream.of(table.getItems()).anyMatch(item -> item.getText(0).equals("org.jfree.jfreechart") && item.getText(2)
                    .startsWith("LGPL"));
        });
        Workbench.screenshotOfAll("about.png");
        ui(() -> {
            Workbench.dialog("About Encore").close();
            return null;
        });
    }
}
