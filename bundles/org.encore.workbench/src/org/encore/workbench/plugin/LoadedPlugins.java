package org.encore.workbench.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.plugins.NoPlugin;
import org.encore.plugins.Plugin;
import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.Plugins;
import org.encore.plugins.install.PluginStore;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.StatusLine;

/** What became of the user's plug-ins when this window started, and of what all bundles contribute. */
public final class LoadedPlugins {

    private static volatile List<Plugin> plugins = List.of();

    private LoadedPlugins() {}

    /**
     * Something that was brought in.
     *
     * @param name of a plug-in, or of what a bundle contributes
     * @param version empty if it has none
     * @param state where it stands
     * @param problem empty if it works
     */
    public record Row(String name, String version, State state, String problem) {

        boolean broken() {
            return !problem.isEmpty();
        }

        /** Whether it is a plug-in, and no contribution of another bundle. */
        boolean removable() {
            return state != State.CONTRIBUTION;
        }

        String words() {
            return switch (state) {
                case CONTRIBUTION, LOADED -> broken() ? problem : "works";
                case DISABLED -> "disabled: it stays in its folder, and is not loaded";
                case WAITING -> "its file is there; it is used by what is started from now on, and by this window after a restart";
                case LEAVING -> "its file is gone; this window has it until it is restarted";
            };
        }
    }

    /** Where a plug-in stands: loaded here, set aside, or changed since the window was opened. */
    public enum State { LOADED, DISABLED, WAITING, LEAVING, CONTRIBUTION }

    /** Tells what was loaded, once, before the window opens. */
    public static void are(List<Plugin> loaded) {
        plugins = List.copyOf(loaded);
    }

    /** Plug-ins, and contributions that do not work. It looks into the folders of plug-ins, and loads the classes of all contributions. */
    static List<Row> rows(Registry registry) throws IOException {
        var rows = new ArrayList<Row>();
        List<Path> there = PluginFolders.ofUser().jars();
        for (Plugin plugin : plugins) {
            rows.add(new Row(plugin.name(), plugin.version(), Files.exists(plugin.file()) ? State.LOADED : State.LEAVING, switch (plugin.state()) {
                case Plugin.State.Works works -> "";
                case Plugin.State.Broken broken -> plugin.file() + " is left out: " + broken.reason();
            }));
        }
        there.stream().filter(jar -> plugins.stream().noneMatch(plugin -> plugin.file().equals(jar))).forEach(jar -> rows.add(waiting(jar)));
        for (Path folder : PluginFolders.ofUser().folders()) {
            new PluginStore(folder).disabled().forEach(file -> rows.add(new Row(file.name(), file.version().toString(), State.DISABLED, "")));
        }
        ExtensionPoint.ALL.forEach(registry::all);
        registry.problems().forEach(problem -> rows.add(new Row("contribution", "", State.CONTRIBUTION, problem)));
        return rows;
    }

    /** Whether this window has other plug-ins loaded than there are. */
    static boolean restartNeeded() {
        List<Path> there = PluginFolders.ofUser().jars();
        return plugins.stream().anyMatch(plugin -> !Files.exists(plugin.file())) || there.stream().anyMatch(jar -> plugins.stream()
                .noneMatch(plugin -> plugin.file()
                .equals(jar)));
    }

    private static Row waiting(Path jar) {
        try {
            PluginFile file = PluginFile.read(jar);
            return new Row(file.name(), file.version().toString(), State.WAITING, "");
        } catch (NoPlugin e) {
            return new Row(jar.getFileName().toString(), "", State.WAITING, jar + " is no plug-in: " + e.getMessage());
        }
    }

    /** Loads what has come into the folders since, where nothing of its name is loaded: no restart is needed for it. */
    static void takeNew() {
        List<Path> fresh = PluginFolders.ofUser().jars().stream().filter(jar -> {
            Row row = waiting(jar);
            return !row.broken() && plugins.stream().noneMatch(plugin -> plugin.name().equals(row.name()));
        }).toList();
        if (!fresh.isEmpty()) {
            var all = new ArrayList<>(plugins);
            all.addAll(Plugins.load(fresh));
            are(all);
        }
    }

    /** Looks for what does not work, in the background, and shows it in the window. */
    public static void tell(IWorkbenchWindow window) {
        Job job = Job.create("Checking plug-ins", (ICoreRunnable) monitor -> {
            long broken = broken();
            if (broken > 0) {
                Later.on(window.getShell(), () -> reveal(window, broken));
            }
        });
        job.setSystem(true);
        job.setPriority(Job.DECORATE);
        job.schedule();
    }

    private static long broken() {
        try {
            return rows(Registry.ofPlatform()).stream().filter(Row::broken).count();
        } catch (IOException e) {
            return 1; // the view says that the folder cannot be read
        }
    }

    private static void reveal(IWorkbenchWindow window, long broken) {
        StatusLine.say(window, broken == 1 ? "A plug-in does not work: see Plug-ins." : broken
                + " plug-ins or contributions do not work: see Plug-ins.");
        try {
            if (window.getActivePage() != null) {
                if (window.getActivePage().showView(PluginsView.ID, null, IWorkbenchPage.VIEW_VISIBLE) instanceof PluginsView view) {
                    view.look(); // it may have been open in another perspective
                }
            }
        } catch (PartInitException e) {
            StatusLine.say(window, e.getMessage());
        }
    }
}
