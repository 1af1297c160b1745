package org.encore.workbench.action;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.workbench.run.Launches;
import org.jspecify.annotations.Nullable;

/** Stops the run that was started here; a second time, at once. */
public final class StopHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) {
        Job.create("Stopping the run", (ICoreRunnable) monitor -> Launches.ofWorkbench().stop()).schedule();
        return null;
    }

    @Override
    public boolean isEnabled() {
        return Launches.ofWorkbench().isRunning();
    }
}
