package org.encore.workbench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.report.table.Names;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;
import org.jspecify.annotations.Nullable;

/** Every model of the chosen run against every stage: what is done, what goes on, what waits. */
public final class CellsView extends ViewPart {

    public static final String ID = "org.encore.workbench.cells";

    private static final int NAME_SHARE = 4;
    private static final int STAGE_SHARE = 2;

    private final Consumer<Snapshot> listener = snapshot -> Later.on(state(), () -> show(snapshot));
    private EmptyState state;
    private @Nullable TableViewer viewer;
    private List<String> stages = List.of();

    /** One model. @param states by stage, in their order */
    private record Row(String name, List<String> states) {}

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "The models of the chosen run appear here, with how far each is.");
        ChosenRun.of(getSite().getPage()).add(listener);
    }

    private void show(Snapshot snapshot) {
        if (viewer == null || !stages.equals(snapshot.stageIds())) {
            stages = snapshot.stageIds();
            columns();
        }
        Names names = Names.of(snapshot.cells());
        var rows = new ArrayList<Row>();
        if (!snapshot.cells().isEmpty()) {
            rows.add(new Row("all together", states(snapshot, "")));
        }
        snapshot.cells().forEach(cell -> rows.add(new Row(names.of(cell.id()), states(snapshot, cell.id()))));
        TableViewer table = Objects.requireNonNull(viewer);
        table.setInput(rows);
        table.getTable().deselectAll();
        state.show(Tables.area(table), () -> !rows.isEmpty());
    }

    private void columns() {
        if (viewer != null) {
            Tables.area(viewer).dispose();
        }
        TableViewer table = Tables.create(state);
        Tables.column(table, "model", NAME_SHARE, Row.class, Row::name);
        for (int i = 0; i < stages.size(); i++) {
            int index = i;
            Tables.column(table, stages.get(i), STAGE_SHARE, Row.class, row -> row.states().get(index));
        }
        viewer = table;
    }

    private List<String> states(Snapshot snapshot, String cell) {
        return stages.stream().map(stage -> snapshot.stages().stream().filter(row -> row.stage().equals(stage) && row.model().equals(cell))
                .findFirst()
                .map(CellsView::mark).orElse("")).toList();
    }

    /** A sign and, while it goes on, how far it is. */
    private static String mark(Stages.Row row) {
        return switch (row.phase()) {
            case DONE -> "✓";
            case CACHED -> "✓ before";
            case RUNNING -> row.share() == 0 ? "…" : String.format(Locale.ROOT, "%.0f %%", 100 * row.share());
            case FAILED -> "✗ failed";
            case ENDED -> row.state();
        };
    }

    @Override
    public void setFocus() {
        Optional.<Composite>ofNullable(viewer == null ? null : viewer.getTable()).orElse(state).setFocus();
    }

    @Override
    public void dispose() {
        ChosenRun.of(getSite().getPage()).remove(listener);
        super.dispose();
    }

    /** The table; null before a run is known. */
    public @Nullable TableViewer viewer() {
        return viewer;
    }

    /** What is said while there is nothing. */
    public EmptyState state() {
        return state;
    }
}
