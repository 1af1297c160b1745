package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.encore.experiment.run.RunArchive;
import org.encore.experiment.run.RunFolder;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.part.ToolAction;
import org.jspecify.annotations.Nullable;

/** Packs runs into single files, unpacks them, and moves runs to the trash of the desktop. */
public final class RunFiles {

    private final IWorkbenchWindow window;
    private final TableViewer rows;

    RunFiles(IWorkbenchWindow window, TableViewer rows, IToolBarManager bar) {
        this.window = window;
        this.rows = rows;
        Action pack = new ToolAction("Pack the chosen run into one file…", "export", this::pack);
        Action unpack = new ToolAction("Unpack a run from a file…", "open", this::unpack);
        Action trash = new ToolAction("Move the chosen run to the trash…", "remove", this::trash);
        bar.add(pack);
        bar.add(unpack);
        bar.add(trash);
        rows.addSelectionChangedListener(event -> {
            pack.setEnabled(chosen().isPresent());
            trash.setEnabled(chosen().isPresent());
        });
        pack.setEnabled(false);
        trash.setEnabled(false);
    }

    private Optional<RunRow> chosen() {
        return Optional.ofNullable((@Nullable RunRow) rows.getStructuredSelection().getFirstElement());
    }

    private void pack() {
        chosen().ifPresent(row -> {
            var dialog = new FileDialog(window.getShell(), SWT.SAVE);
            dialog.setText("Pack a run");
            dialog.setFileName(row.name() + ".zip");
            dialog.setOverwrite(true);
            Optional.ofNullable((@Nullable String) dialog.open()).ifPresent(file -> pack(row.path(), Path.of(file)));
        });
    }

    private void unpack() {
        var dialog = new FileDialog(window.getShell(), SWT.OPEN);
        dialog.setText("Unpack a run");
        dialog.setFilterExtensions(new String[] {"*.zip", "*.*"});
        Optional.ofNullable((@Nullable String) dialog.open()).ifPresent(file -> unpack(Path.of(file)));
    }

    private void trash() {
        chosen().ifPresent(row -> {
            if (MessageDialog.openConfirm(window.getShell(), "Move to trash", "Move the folder of run " + row.name()
                    + " to the trash? Results that only the "
                    + "store holds stay there until 'encore gc'.")) {
                trash(row);
            }
        });
    }

    private interface Work {
        String does(IProgressMonitor monitor) throws IOException;
    }

    private void run(String name, Work work) {
        Job.create(name, (ICoreRunnable) monitor -> {
            String said;
            try {
                said = work.does(monitor);
            } catch (CancellationException | IOException | IllegalArgumentException e) {
                said = String.valueOf(e.getMessage());
            }
            String words = said;
            Later.on(window.getShell(), () -> StatusLine.say(window, words));
        }).schedule();
    }

    /** Packs a run, beside the user interface's thread, and says so. */
    public void pack(Path run, Path file) {
        run("Packing " + run.getFileName(), monitor -> {
            RunArchive.write(new RunFolder(run), file, monitor::isCanceled);
            return "packed into " + file;
        });
    }

    /** Unpacks a run into the folder of runs; says why if it is refused. */
    public void unpack(Path file) {
        run("Unpacking " + file.getFileName(), monitor -> "unpacked " + RunArchive.read(file, Settings.runs(), monitor::isCanceled).name());
    }

    /** Moves a run to the trash, unless it goes on. */
    public void trash(RunRow row) {
        run("Moving " + row.name() + " to the trash", monitor -> {
            if (row.status().equals("running")) {
                return row.name() + " goes on; stop it first";
            }
            return "moved to " + Trash.ofUser().take(row.path());
        });
    }
}
