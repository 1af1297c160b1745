package org.encore.workbench.wizard;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.workbench.part.Later;
import org.jspecify.annotations.Nullable;

/** Opens the wizard for a new experiment, as soon as it is known what is installed. */
public final class NewExperimentHandler extends AbstractHandler {

    private static final int WIDTH = 820;
    private static final int HEIGHT = 480;

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        Job.create("Looking at what is installed", (ICoreRunnable) monitor -> {
            Installed installed = Installed.here();
            Later.on(window.getShell(), () -> {
                var dialog = new WizardDialog(window.getShell(), new NewExperimentWizard(window, installed));
                dialog.setPageSize(WIDTH, HEIGHT);
                dialog.open();
            });
        }).schedule();
        return null;
    }
}
