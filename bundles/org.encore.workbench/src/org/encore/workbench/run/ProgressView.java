package org.encore.workbench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.run.EventJson;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;

/** The stages of the chosen run, each with how far it is. */
public final class ProgressView extends ViewPart {

    public static final String ID = "org.encore.workbench.progress";

    private static final int STAGE_SHARE = 2;
    private static final int MODEL_SHARE = 4;
    private static final int STATE_SHARE = 8;

    private TableViewer viewer;
    private ChosenRun chosen;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        viewer = Tables.create(parent);
        Tables.column(viewer, "stage", STAGE_SHARE, Stages.Row.class, Stages.Row::stage);
        Tables.column(viewer, "model", MODEL_SHARE, Stages.Row.class, Stages.Row::model);
        Tables.column(viewer, "state", STATE_SHARE, Stages.Row.class, Stages.Row::state);
        chosen = new ChosenRun(getSite().getPage(), this::follow);
    }

    private Consumer<List<EventJson.Timed>> follow(Path run) {
        var stages = new Stages();
        return events -> {
            events.forEach(timed -> stages.on(timed.event()));
            List<Stages.Row> rows = stages.rows();
            Later.on(viewer.getTable(), () -> show(rows));
        };
    }

    private void show(List<Stages.Row> rows) {
        viewer.setInput(rows);
        viewer.getTable().deselectAll();
        rows.stream().filter(Stages.Row::active).reduce((first, last) -> last).ifPresent(viewer::reveal);
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
        viewer.getTable().deselectAll(); // GTK selects the first row of what gets the keyboard, which means nothing here
    }

    @Override
    public void dispose() {
        chosen.dispose();
        super.dispose();
    }

    /** The table of stages. */
    public TableViewer viewer() {
        return viewer;
    }
}
