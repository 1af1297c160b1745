package org.encore.workbench.run;

import java.util.function.Consumer;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;

/** Stages of the chosen run, in the order in which they began. */
public final class ProgressView extends ViewPart {

    public static final String ID = "org.encore.workbench.progress";

    private static final int STAGE_SHARE = 3;
    private static final int MODEL_SHARE = 5;
    private static final int STATE_SHARE = 9;

    private final Consumer<Snapshot> listener = snapshot -> Later.on(viewer().getTable(), () -> show(snapshot));
    private EmptyState state;
    private TableViewer viewer;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "What the chosen run does appears here, stage by stage.");
        viewer = Tables.create(state);
        Tables.column(viewer, "stage", STAGE_SHARE, Stages.Row.class, Stages.Row::stage);
        Tables.column(viewer, "model", MODEL_SHARE, Stages.Row.class, Stages.Row::model);
        Tables.column(viewer, "state", STATE_SHARE, Stages.Row.class, Stages.Row::state);
        ChosenRun.of(getSite().getPage()).add(listener);
    }

    private void show(Snapshot snapshot) {
        viewer.setInput(snapshot.stages());
        viewer.getTable().deselectAll();
        snapshot.stages().stream().filter(Stages.Row::active).reduce((first, last) -> last).ifPresent(viewer::reveal);
        state.show(Tables.area(viewer), () -> !snapshot.stages().isEmpty());
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
        viewer.getTable().deselectAll(); // GTK selects the first row of what gets the keyboard, which means nothing here
    }

    @Override
    public void dispose() {
        ChosenRun.of(getSite().getPage()).remove(listener);
        super.dispose();
    }

    /** The table of stages. */
    public TableViewer viewer() {
        return viewer;
    }
}
