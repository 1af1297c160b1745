package org.encore.workbench.action;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.workbench.run.ChosenExperiment;
import org.encore.workbench.run.Launches;
import org.jspecify.annotations.Nullable;

/** Runs the chosen experiment; one at a time. */
public final class RunHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        StartRun.chosen(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        return null;
    }

    @Override
    public boolean isEnabled() {
        return !Launches.ofWorkbench().isRunning() && !ChosenExperiment.text().isBlank();
    }
}
