package org.encore.workbench.action;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.WorkbenchException;
import org.encore.workbench.run.ChosenExperiment;
import org.encore.workbench.run.Launches;
import org.encore.workbench.run.LogView;
import org.encore.workbench.run.RunPerspective;

/** Starts a run and brings what shows it to the front. */
public final class StartRun {

    private StartRun() {}

    /** Starts the experiment that is chosen. */
    public static void chosen(IWorkbenchWindow window) {
        ChosenExperiment.file().ifPresentOrElse(file -> of(window, file), () -> refused(window, "'" + ChosenExperiment.text()
                + "' is no name of a file. Choose an experiment file, such as examples/quickstart.yaml."));
    }

    /** Starts an experiment beside the user interface's thread; says why in one sentence if it cannot be started. */
    public static void of(IWorkbenchWindow window, Path experiment) {
        Job.create("Starting " + experiment, (ICoreRunnable) monitor -> {
            try {
                Launches.ofWorkbench().start(experiment);
                window.getShell().getDisplay().asyncExec(() -> reveal(window));
            } catch (IOException e) {
                window.getShell().getDisplay().asyncExec(() -> refused(window, e.getMessage()));
            }
        }).schedule();
    }

    private static void reveal(IWorkbenchWindow window) {
        try {
            IWorkbenchPage page = window.getWorkbench().showPerspective(RunPerspective.ID, window);
            page.showView(LogView.ID, null, IWorkbenchPage.VIEW_VISIBLE);
        } catch (PartInitException e) {
            refused(window, "The run goes on, but its log cannot be shown: " + e.getMessage());
        } catch (WorkbenchException e) {
            refused(window, "The run goes on, but its charts cannot be shown: " + e.getMessage());
        }
    }

    private static void refused(IWorkbenchWindow window, String why) {
        MessageDialog.openError(window.getShell(), "Not started", why);
    }
}
