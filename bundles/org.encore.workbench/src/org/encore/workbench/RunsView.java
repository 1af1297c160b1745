package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.run.RunFolder;

/** The list of runs, and the buttons that start and stop one. */
public final class RunsView extends ViewPart {

    public static final String ID = "org.encore.workbench.runs";

    private static final int NAME_WIDTH = 240;
    private static final int STATUS_WIDTH = 90;

    private final Launches launches = new Launches(this::log, this::refreshButtons);
    private Combo experiment;
    private Button start;
    private Button stop;
    private Button report;
    private Text command;
    private TableViewer viewer;
    private RunsJob job;

    @Override
    public void createPartControl(Composite parent) {
        GridLayoutFactory.swtDefaults().numColumns(1).applyTo(parent);
        var row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        experiment = new Combo(row, SWT.DROP_DOWN);
        experiment.setToolTipText("The experiment file to run");
        experiments().forEach(experiment::add);
        if (experiment.getItemCount() > 0) {
            experiment.select(0);
        }
        experiment.addModifyListener(e -> showCommand());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(experiment);
        button(row, "Browse…", "Choose an experiment file", this::browse);
        start = button(row, "Start", "Run the experiment in a process of its own", this::start);
        stop = button(row, "Stop", "Stop the run that was started here; run the same file again to go on", launches::stop);
        command = new Text(parent, SWT.READ_ONLY | SWT.SINGLE);
        command.setToolTipText("The same in a terminal");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(command);
        createTable(parent);
        report = button(parent, "Open report", "Open the report of the chosen run in a browser", this::openReport);
        showCommand();
        refreshButtons();
        getSite().setSelectionProvider(viewer);
        job = new RunsJob(Runs.folder(), this::show);
        job.schedule();
    }

    private void createTable(Composite parent) {
        viewer = new TableViewer(parent, SWT.BORDER | SWT.FULL_SELECTION | SWT.SINGLE);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        column("run", NAME_WIDTH, RunRow::name);
        column("status", STATUS_WIDTH, RunRow::status);
        column("experiment", STATUS_WIDTH, RunRow::experiment);
        viewer.addSelectionChangedListener(e -> refreshButtons());
        viewer.addDoubleClickListener(e -> openReport());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getTable());
    }

    private void column(String title, int width, java.util.function.Function<RunRow, String> text) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((RunRow) element);
            }
        });
    }

    private static Button button(Composite parent, String text, String tip, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(tip);
        button.addListener(SWT.Selection, e -> action.run());
        return button;
    }

    /** Experiment files at hand: of the working folder and its examples. */
    private static List<String> experiments() {
        return Stream.of(Path.of("examples"), Path.of("")).flatMap(RunsView::yamlFiles).map(Path::toString).toList();
    }

    private static Stream<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // no such folder
        }
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
        Path file = Path.of(experiment.getText());
        try {
            log(Launches.shown(file));
            launches.start(file);
        } catch (IOException e) {
            MessageDialog.openError(getSite().getShell(), "Not started", e.getMessage());
        }
        refreshButtons();
    }

    private void openReport() {
        RunRow row = (RunRow) viewer.getStructuredSelection().getFirstElement();
        if (row != null && Files.exists(row.path().resolve(RunFolder.REPORT))) {
            Program.launch(row.path().resolve(RunFolder.REPORT).toString());
        }
    }

    private void showCommand() {
        if (command != null) {
            command.setText(experiment.getText().isBlank() ? "" : Launches.shown(Path.of(experiment.getText())));
        }
    }

    private void log(String line) {
        LogView.append(getSite().getWorkbenchWindow(), line);
    }

    private void refreshButtons() {
        if (!start.isDisposed()) {
            start.getDisplay().asyncExec(() -> {
                if (!start.isDisposed()) {
                    RunRow row = (RunRow) viewer.getStructuredSelection().getFirstElement();
                    start.setEnabled(!launches.isRunning());
                    stop.setEnabled(launches.isRunning());
                    report.setEnabled(row != null && Files.exists(row.path().resolve(RunFolder.REPORT)));
                }
            });
        }
    }

    /** New rows; the newest run is chosen if none is. */
    private void show(List<RunRow> rows) {
        viewer.getTable().getDisplay().asyncExec(() -> {
            if (!viewer.getTable().isDisposed()) {
                RunRow chosen = (RunRow) viewer.getStructuredSelection().getFirstElement();
                viewer.setInput(rows);
                RunRow again = rows.stream().filter(row -> chosen != null && row.path().equals(chosen.path())).findFirst()
                        .orElse(rows.isEmpty() ? null : rows.getFirst());
                if (again != null) {
                    viewer.setSelection(new org.eclipse.jface.viewers.StructuredSelection(again));
                }
                refreshButtons();
            }
        });
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
