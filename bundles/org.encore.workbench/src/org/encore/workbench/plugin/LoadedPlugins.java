package org.encore.workbench.plugin;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.plugins.Plugin;
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
     * @param problem empty if it works
     */
    public record Row(String name, String version, String problem) {

        boolean broken() {
            return !problem.isEmpty();
        }
    }

    /** Tells what was loaded, once, before the window opens. */
    public static void are(List<Plugin> loaded) {
        plugins = List.copyOf(loaded);
    }

    /** Plug-ins, and contributions that do not work. It loads the classes of all contributions. */
    static List<Row> rows(Registry registry) {
        var rows = new ArrayList<Row>();
        plugins.forEach(plugin -> rows.add(new Row(plugin.name(), plugin.version(), switch (plugin.state()) {
            case Plugin.State.Works works -> "";
            case Plugin.State.Broken broken -> plugin.file() + " is left out: " + broken.reason();
        })));
        ExtensionPoint.ALL.forEach(registry::all);
        registry.problems().forEach(problem -> rows.add(new Row("contribution", "", problem)));
        return rows;
    }

    /** Looks for what does not work, in the background, and shows it in the window. */
    public static void tell(IWorkbenchWindow window) {
        Job job = Job.create("Checking plug-ins", (ICoreRunnable) monitor -> {
            long broken = rows(Registry.ofPlatform()).stream().filter(Row::broken).count();
            if (broken > 0) {
                Later.on(window.getShell(), () -> reveal(window, broken));
            }
        });
        job.setSystem(true);
        job.setPriority(Job.DECORATE);
        job.schedule();
    }

    private static void reveal(IWorkbenchWindow window, long broken) {
        StatusLine.say(window, broken == 1 ? "A plug-in does not work: see Plug-ins." : broken
                + " plug-ins or contributions do not work: see Plug-ins.");
        try {
            if (window.getActivePage() != null) {
                window.getActivePage().showView(PluginsView.ID, null, IWorkbenchPage.VIEW_VISIBLE);
            }
        } catch (PartInitException e) {
            StatusLine.say(window, e.getMessage());
        }
    }
}
