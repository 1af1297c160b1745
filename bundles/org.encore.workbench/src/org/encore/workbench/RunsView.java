package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.run.RunFolder;
import org.jspecify.annotations.Nullable;

/** The list of runs, and the buttons that start and stop one. */
public final class RunsView extends ViewPart {

    public static final String ID = "org.encore.workbench.runs";

    private static final int NAME_SHARE = 9;
    private static final int STATUS_SHARE = 5;
    private static final int TIME_SHARE = 7;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Launches launches = new Launches(this::log, this::refreshButtons);
    private Combo experiment;
    private Button start;
    private Button stop;
    private Button report;
    private Text command;
    private TableViewer viewer;
    private RunsJob job;
    private @Nullable Instant awaited;

    @Override
    public void createPartControl(Composite parent) {
        GridLayoutFactory.swtDefaults().numColumns(1).applyTo(parent);
        var row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        experiment = new Combo(row, SWT.DROP_DOWN);
        experiment.setToolTipText("The experiment file to run");
        Runs.experiments().forEach(experiment::add);
        if (experiment.getItemCount() > 0) {
            experiment.select(0);
        }
        experiment.addModifyListener(e -> {
            showCommand();
            refreshButtons();
        });
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(experiment);
        button(row, "Browse…", "Choose an experiment file", this::browse);
        start = button(row, "Start", "Run the experiment in a process of its own", this::start);
        stop = button(row, "Stop", "Stop the run that was started here; run the same file again to go on", launches::stop);
        command = new Text(parent, SWT.READ_ONLY | SWT.SINGLE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(command);
        createTable(parent);
        report = button(parent, "Open report", "Open the report of the chosen run in a browser", this::open);
        showCommand();
        refreshButtons();
        getSite().setSelectionProvider(viewer);
        job = new RunsJob(Runs.folder(), this::show);
        job.schedule();
    }

    private void createTable(Composite parent) {
        viewer = Tables.create(parent);
        Tables.column(viewer, "run", NAME_SHARE, RunRow.class, RunRow::name);
        Tables.column(viewer, "status", STATUS_SHARE, RunRow.class, RunRow::status);
        Tables.column(viewer, "started", TIME_SHARE, RunRow.class, row -> row.started().equals(Instant.EPOCH) ? "" : TIME.format(row.started()));
        viewer.addSelectionChangedListener(e -> refreshButtons());
        viewer.addDoubleClickListener(e -> open());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(Tables.area(viewer));
    }

    private static Button button(Composite parent, String text, String tip, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(tip);
        button.addListener(SWT.Selection, e -> action.run());
        return button;
    }

    private void browse() {
        var dialog = new FileDialog(getSite().getShell(), SWT.OPEN);
        dialog.setText("Choose an experiment");
        dialog.setFilterExtensions(new String[] {"*.yaml;*.yml", "*.*"});
        String chosen = dialog.open();
        if (chosen != null) {
            experiment.setText(chosen);
        }
    }

    private void start() {
        try {
            Path file = Path.of(experiment.getText().strip());
            Instant now = Instant.now();
            LogView.reveal(getSite().getPage());
            log(Launches.shown(file));
            launches.start(file);
            awaited = now;
        } catch (IOException | InvalidPathException | PartInitException e) {
            MessageDialog.openError(getSite().getShell(), "Not started", e.getMessage());
        }
        refreshButtons();
    }

    /** The report of the chosen run, or its folder while there is none. */
    private void open() {
        RunRow row = chosen();
        if (row == null) {
            return;
        }
        Path report = row.path().resolve(RunFolder.REPORT);
        Path shown = Files.exists(report) ? report : row.path();
        if (!Program.launch(shown.toString())) {
            MessageDialog.openError(getSite().getShell(), "Not opened", "No program is set up here to open " + shown
                    + ". Open it in a browser or a file manager.");
        }
    }

    private @Nullable RunRow chosen() {
        return (RunRow) viewer.getStructuredSelection().getFirstElement();
    }

    private void showCommand() {
        String text = experiment.getText().strip();
        try {
            command.setText(text.isEmpty() ? "" : Launches.shown(Path.of(text)));
            command.setToolTipText("The same in a terminal: " + command.getText());
        } catch (InvalidPathException e) {
            command.setText(e.getMessage());
        }
    }

    private void log(String line) {
        LogView.append(getSite().getWorkbenchWindow(), line);
    }

    private void refreshButtons() {
        Later.on(start, () -> {
            RunRow row = chosen();
            start.setEnabled(!launches.isRunning() && !experiment.getText().isBlank());
            stop.setEnabled(launches.isRunning());
            report.setEnabled(row != null && Files.exists(row.path().resolve(RunFolder.REPORT)));
        });
    }

    private void show(List<RunRow> rows) {
        Later.on(viewer.getTable(), () -> {
            RunRow next = next(rows);
            viewer.setInput(rows);
            if (next != null) {
                viewer.setSelection(new StructuredSelection(next), true);
            }
            refreshButtons();
        });
    }

    /** What to choose among new rows: the run that was started here as soon as it appears; else the same as before; else the newest. */
    private @Nullable RunRow next(List<RunRow> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        if (awaited != null && !rows.getFirst().started().isBefore(awaited)) {
            awaited = null;
            return rows.getFirst();
        }
        RunRow before = chosen();
        return rows.stream().filter(row -> before != null && row.path().equals(before.path())).findFirst().orElse(rows.getFirst());
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    @Override
    public void dispose() {
        job.cancel();
        super.dispose();
    }

    /** The table of runs. */
    public TableViewer viewer() {
        return viewer;
    }
}
