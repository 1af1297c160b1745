package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;

/** Follows one run's events and tells when there are new ones. */
final class FollowJob extends Job {

    private static final long PERIOD_MILLIS = 400;

    private final Path run;
    private final BiConsumer<Path, LiveRun> changed;
    private final EventTail tail;
    private final LiveRun live = new LiveRun();
    private boolean first = true;
    private volatile boolean cancelled;

    FollowJob(Path run, BiConsumer<Path, LiveRun> changed) {
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
            events.forEach(timed -> live.on(timed.event()));
            if ((first || !events.isEmpty()) && !cancelled) {
                first = false;
                changed.accept(run, live);
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
