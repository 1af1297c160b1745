package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;

/** Follows one run's events: tells all that there are, at once, and then those that are new. */
final class FollowJob extends Job {

    private static final long PERIOD_MILLIS = 400;

    private final Path run;
    private final Consumer<List<EventJson.Timed>> changed;
    private final EventTail tail;
    private boolean first = true;
    private volatile boolean cancelled;

    /** @param changed called on the job's thread, the first time also with no event */
    FollowJob(Path run, Consumer<List<EventJson.Timed>> changed) {
        super("Following " + run.getFileName());
        this.run = run;
        this.changed = changed;
        this.tail = new EventTail(run);
        setSystem(true);
    }

    Path run() {
        return run;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            List<EventJson.Timed> events = tail.poll();
            if ((first || !events.isEmpty()) && !cancelled) {
                first = false;
                changed.accept(events);
            }
            return Status.OK_STATUS;
        } catch (IOException e) {
            return Status.warning("cannot read the events of " + run + ": " + e.getMessage(), e);
        } finally {
            if (!cancelled) {
                schedule(PERIOD_MILLIS);
            }
        }
    }

    @Override
    protected void canceling() {
        cancelled = true;
    }
}
