package org.encore.workbench.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.jface.util.PropertyChangeEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.Tables;
import org.jspecify.annotations.Nullable;

/** The list of runs, whoever started them. */
public final class RunsView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.runs";

    private static final int NAME_SHARE = 11;
    private static final int STATUS_SHARE = 5;
    private static final int TIME_SHARE = 6;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final IPropertyChangeListener otherFolder = this::changed;
    private EmptyState state;
    private Composite content;
    private Text filter;
    private TableViewer viewer;
    private RunsJob job;
    private Notices notices;
    private RunFiles files;
    private @Nullable Instant shown;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Looking for runs…");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(content);
        filter = new Text(content, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Only runs with this word");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        viewer = Tables.create(content);
        Tables.column(viewer, "run", NAME_SHARE, RunRow.class, RunRow::name);
        Tables.column(viewer, "status", STATUS_SHARE, RunRow.class, RunRow::status);
        Tables.column(viewer, "started", TIME_SHARE, RunRow.class, row -> row.started().equals(Instant.EPOCH) ? "" : TIME.format(row.started()));
        GridDataFactory.fillDefaults().grab(true, true).applyTo(Tables.area(viewer));
        viewer.addFilter(new ViewerFilter() {
            @Override
            public boolean select(Viewer ofRuns, Object parentElement, Object row) {
                return ((RunRow) row).holds(filter.getText());
            }
        });
        filter.addModifyListener(e -> viewer.refresh());
        viewer.addDoubleClickListener(e -> execute("org.encore.workbench.openReport"));
        getSite().setSelectionProvider(viewer);
        files = new RunFiles(getSite().getWorkbenchWindow(), viewer, getViewSite().getActionBars().getToolBarManager());
        notices = new Notices(getSite().getWorkbenchWindow());
        follow();
        Settings.store().addPropertyChangeListener(otherFolder);
    }

    private void changed(PropertyChangeEvent event) {
        if (event.getProperty().equals(Settings.RUNS) && !viewer.getTable().isDisposed()) {
            job.cancel();
            follow();
        }
    }

    private void follow() {
        Path folder = Settings.runs();
        state.say("No runs in " + folder + " yet. Choose an experiment in the toolbar and press Run (F9); a run started in a terminal appears too.");
        var ended = new Endings();   // of this folder
        job = new RunsJob(folder, rows -> {
            notices.tell(ended.among(rows));
            show(rows);
        });
        job.schedule();
    }

    private void execute(String command) {
        try {
            getSite().getService(IHandlerService.class).executeCommand(command, null);
        } catch (org.eclipse.core.commands.common.CommandException e) {
            // there is nothing to be opened
        }
    }

    private void show(List<RunRow> rows) {
        Later.on(viewer.getTable(), () -> {
            RunRow next = next(rows);
            viewer.setInput(rows);
            if (next != null) {
                viewer.setSelection(new StructuredSelection(next), true);
            }
            state.show(content, () -> !rows.isEmpty());
        });
    }

    /** What to choose among new rows: the run that was started here as soon as it appears; else the same as before; else the newest. */
    private @Nullable RunRow next(List<RunRow> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Instant awaited = Launches.ofWorkbench().began();
        if (awaited != null && !awaited.equals(shown) && !rows.getFirst().started().isBefore(awaited)) {
            shown = awaited;
            return rows.getFirst();
        }
        RunRow before = (RunRow) viewer.getStructuredSelection().getFirstElement();
        return rows.stream().filter(row -> before != null && row.path().equals(before.path())).findFirst().orElse(rows.getFirst());
    }

    @Override
    public Optional<ShellLine> command() {
        RunRow row = (RunRow) viewer.getStructuredSelection().getFirstElement();
        return Optional.of(row == null ? ShellLine.of("runs") : ShellLine.of("show", row.path()));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    @Override
    public void dispose() {
        Settings.store().removePropertyChangeListener(otherFolder);
        job.cancel();
        super.dispose();
    }

    /** What the buttons do. */
    public RunFiles files() {
        return files;
    }

    /** The table of runs. */
    public TableViewer viewer() {
        return viewer;
    }

    /** What is said while there are none. */
    public EmptyState state() {
        return state;
    }
}
