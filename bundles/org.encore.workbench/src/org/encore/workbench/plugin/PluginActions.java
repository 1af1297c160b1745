package org.encore.workbench.plugin;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.Installation;
import org.encore.workbench.Settings;
import org.encore.workbench.part.CommandRun;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.ToolAction;
import org.jspecify.annotations.Nullable;

/** Installs, disables and removes plug-ins by the same commands that one types, and says whether the window must be restarted. */
public final class PluginActions {

    private final PluginsView view;
    private final Action disable = new ToolAction("Disable: it stays in its folder and is not loaded", "pause", this::disable);
    private final Action enable = new ToolAction("Enable again", "run", this::enable);
    private final Action remove = new ToolAction("Remove", "remove", this::remove);
    private final Action restart = new ToolAction("Restart the window; runs go on", "follow", () -> PlatformUI.getWorkbench().restart());
    private @Nullable TableViewer viewer;

    PluginActions(PluginsView view) {
        this.view = view;
    }

    void contribute(IToolBarManager bar, TableViewer rows) {
        viewer = rows;
        bar.add(new ToolAction("Install a jar, or a zip of jars…", "new", this::installFile));
        bar.add(new ToolAction("Install the jars of a folder…", "folder", this::installFolder));
        bar.add(disable);
        bar.add(enable);
        bar.add(remove);
        bar.add(restart);
        rows.addSelectionChangedListener(event -> offer());
        offer();
    }

    private Optional<LoadedPlugins.Row> chosen() {
        return viewer == null ? Optional.empty() : Optional.ofNullable((LoadedPlugins.@Nullable Row) viewer.getStructuredSelection()
                .getFirstElement())
                .filter(LoadedPlugins.Row::removable);
    }

    private void offer() {
        Optional<LoadedPlugins.Row> row = chosen();
        disable.setEnabled(row.filter(r -> r.state() == LoadedPlugins.State.LOADED || r.state() == LoadedPlugins.State.WAITING).isPresent());
        enable.setEnabled(row.filter(r -> r.state() == LoadedPlugins.State.DISABLED).isPresent());
        remove.setEnabled(row.filter(r -> r.state() != LoadedPlugins.State.LEAVING && r.state() != LoadedPlugins.State.DISABLED).isPresent());
    }

    private void installFile() {
        var dialog = new FileDialog(view.getSite().getShell(), SWT.OPEN);
        dialog.setText("Install a plug-in");
        dialog.setFilterExtensions(new String[] {"*.jar;*.zip", "*.*"});
        Optional.ofNullable((@Nullable String) dialog.open()).ifPresent(this::install);
    }

    private void installFolder() {
        var dialog = new DirectoryDialog(view.getSite().getShell());
        dialog.setText("Install plug-ins");
        Optional.ofNullable((@Nullable String) dialog.open()).ifPresent(this::install);
    }

    /** Tries what a file or a folder holds and, if all works, installs it. */
    public void install(String what) {
        run(ShellLine.of("plugin", "install", what));
    }

    public void disable() {
        chosen().ifPresent(row -> run(ShellLine.of("plugin", "disable", row.name())));
    }

    public void enable() {
        chosen().ifPresent(row -> run(ShellLine.of("plugin", "enable", row.name())));
    }

    public void remove() {
        chosen().ifPresent(row -> run(ShellLine.of("plugin", "remove", row.name(), "--runs", Settings.runs())));
    }

    private void run(ShellLine line) {
        view.say("$ " + line);
        Job.create(line.toString(), (ICoreRunnable) monitor -> {
            String said;
            try {
                CommandRun run = CommandRun.of(Installation.command(), line, monitor);
                said = run.code() == 0 ? done(run) : "Not done: " + run.reason().lines().findFirst().orElse("the command ended with code "
                        + run.code());
            } catch (IOException e) {
                said = String.valueOf(e.getMessage());
            }
            String words = said;
            Later.on(view.viewer().getTable(), () -> {
                view.say(words);
                view.look();
            });
        }).schedule();
    }

    private static String done(CommandRun run) throws IOException {
        LoadedPlugins.takeNew();
        return run.out().strip().lines().findFirst().orElse("done") + (LoadedPlugins.restartNeeded() ? "  Restart the window to use it as it is now."
                : "  It is in use; no restart is needed.");
    }
}
