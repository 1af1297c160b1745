package org.encore.workbench.design;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.workbench.Installation;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.Tables;
import org.encore.workbench.run.ChosenExperiment;
import org.jspecify.annotations.Nullable;

/** Experiment files at hand. Choosing one makes it the one that Run runs; a double click or Enter opens it. */
public final class ExperimentsView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.experiments";

    private static final int NAME_SHARE = 5;
    private static final int FOLDER_SHARE = 3;

    private EmptyState state;
    private TableViewer viewer;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "No experiments here. Open one with File, Open experiment (Ctrl+O), or make one with 'encore new'.");
        viewer = Tables.create(state);
        Tables.column(viewer, "experiment", NAME_SHARE, Path.class, file -> file.getFileName().toString());
        Tables.column(viewer, "folder", FOLDER_SHARE, Path.class, file -> file.getParent() == null ? "" : file.getParent().toString());
        viewer.addSelectionChangedListener(e -> chosen().ifPresent(file -> ChosenExperiment.choose(file.toString())));
        viewer.addOpenListener(e -> chosen().ifPresent(file -> Editors.open(getSite().getPage(), file)));
        getSite().setSelectionProvider(viewer);
        Job.createSystem("Looking for experiments", (ICoreRunnable) monitor -> {
            List<Path> found = Installation.experiments();
            Later.on(state, () -> {
                viewer.setInput(found);
                // GTK selects the first row of what gets the keyboard, unless one is selected
                ChosenExperiment.file().filter(found::contains).ifPresent(file -> viewer.setSelection(new StructuredSelection(file)));
                state.show(Tables.area(viewer), () -> !found.isEmpty());
            });
        }).schedule();
    }

    private Optional<Path> chosen() {
        return Optional.ofNullable((@Nullable Path) viewer.getStructuredSelection().getFirstElement());
    }

    @Override
    public Optional<ShellLine> command() {
        return chosen().map(Settings::run);
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    /** The table. */
    public TableViewer viewer() {
        return viewer;
    }
}
