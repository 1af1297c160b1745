package org.encore.workbench.action;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.PlatformUI;
import org.encore.experiment.run.RunFolder;
import org.encore.workbench.run.Launches;
import org.encore.workbench.run.RunRow;
import org.jspecify.annotations.Nullable;

/** Goes on with the chosen run, from what its folder says: the experiment's file may have changed since. */
public final class ResumeHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        ChosenRow.of(window).ifPresent(row -> StartRun.of(window, row.path().resolve(RunFolder.RESOLVED)));
        return null;
    }

    @Override
    public boolean isEnabled() {
        return !Launches.ofWorkbench().isRunning() && PlatformUI.isWorkbenchRunning()
                && ChosenRow.of(PlatformUI.getWorkbench().getActiveWorkbenchWindow()).filter(ResumeHandler::unfinished).isPresent();
    }

    private static boolean unfinished(RunRow row) {
        return !row.status().equals("done") && !row.status().equals("running");
    }
}
