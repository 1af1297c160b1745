package org.encore.workbench.action;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.experiment.run.RunFolder;
import org.jspecify.annotations.Nullable;

/** Opens the report of the chosen run in a browser, or its folder while there is none. */
public final class OpenReportHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        ChosenRow.of(window).ifPresentOrElse(row -> open(window, row.path()), () -> MessageDialog.openInformation(window.getShell(), "Open report",
                "Choose a run in the list of runs first."));
        return null;
    }

    private static void open(IWorkbenchWindow window, Path run) {
        Job.create("Opening " + run.getFileName(), (ICoreRunnable) monitor -> {
            Path report = run.resolve(RunFolder.REPORT);
            Open.external(window, Files.exists(report) ? report : run);
        }).schedule();
    }
}
