package org.encore.workbench.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.api.extension.Registry;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Heading;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.Tables;

/** Plug-ins of the user, and what does not work of them. */
public final class PluginsView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.plugins";

    private static final int NAME_SHARE = 3;
    private static final int VERSION_SHARE = 2;
    private static final int STATE_SHARE = 9;

    private final PluginActions actions = new PluginActions(this);
    private EmptyState state;
    private TableViewer viewer;
    private volatile String said = "";

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent,
                "No plug-ins. Install one from a jar or a folder by the buttons above; docs/writing-a-plugin.md shows how to write one.");
        viewer = Tables.create(state);
        Tables.column(viewer, "plug-in", NAME_SHARE, LoadedPlugins.Row.class, LoadedPlugins.Row::name);
        Tables.column(viewer, "version", VERSION_SHARE, LoadedPlugins.Row.class, LoadedPlugins.Row::version);
        Tables.column(viewer, "state", STATE_SHARE, LoadedPlugins.Row.class, LoadedPlugins.Row::words);
        getSite().setSelectionProvider(viewer);
        actions.contribute(getViewSite().getActionBars().getToolBarManager(), viewer);
        look();
    }

    /** Shows what is there now. */
    void look() {
        Job.createSystem("Looking at plug-ins", (ICoreRunnable) monitor -> {
            try {
                List<LoadedPlugins.Row> rows = LoadedPlugins.rows(Registry.ofPlatform());
                Later.on(state, () -> {
                    viewer.setInput(rows);
                    state.show(Tables.area(viewer), () -> !rows.isEmpty());
                });
            } catch (IOException e) {
                Later.on(state, () -> say("The folder of plug-ins cannot be read: " + e.getMessage()));
            }
        }).schedule();
    }

    /** Says something above the table. */
    void say(String text) {
        said = text;
        setContentDescription(Heading.of(text));
    }

    @Override
    public Optional<ShellLine> command() {
        return Optional.of(ShellLine.of("plugin", "list"));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    /** What is said above the table. */
    public String said() {
        return said;
    }

    /** What the buttons do. */
    public PluginActions actions() {
        return actions;
    }

    /** The table. */
    public TableViewer viewer() {
        return viewer;
    }
}
