package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;

/** Follows one run's events: tells how it stands, at once, and then whenever something is new; once a second while times are measured. */
final class FollowJob extends Job {

    private static final long PERIOD_MILLIS = 400;
    private static final long CALM_MILLIS = 1000;

    private final Path run;
    private final Consumer<Snapshot> changed;
    private final EventTail tail;
    private final LiveRun live = new LiveRun();
    private final Stages stages = new Stages();
    private final Registry registry = Registry.ofPlatform();
    private final Map<String, Boolean> measures = new HashMap<>();
    private List<String> stageIds = List.of();
    private boolean first = true;
    private volatile boolean cancelled;

    /** @param changed called on the job's thread, the first time also with no event */
    FollowJob(Path run, Consumer<Snapshot> changed) {
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
            events.forEach(this::on);
            if ((first || !events.isEmpty()) && !cancelled) {
                first = false;
                changed.accept(new Snapshot(run, live.status(), live.activity(), measuring(), live.cells(), stageIds, live.curves(),
                        live.development(),
                        live.samples(), live.scores(), stages.rows()));
            }
            return Status.OK_STATUS;
        } catch (IOException e) {
            return Status.warning("cannot read the events of " + run + ": " + e.getMessage(), e);
        } finally {
            if (!cancelled) {
                schedule(measuring() ? CALM_MILLIS : PERIOD_MILLIS);
            }
        }
    }

    private void on(EventJson.Timed timed) {
        if (timed.event() instanceof Event.RunStarted begun) {
            stageIds = List.copyOf(begun.stages());
        }
        live.on(timed.event());
        stages.on(timed);
    }

    private boolean measuring() {
        return stages.rows().stream().anyMatch(row -> row.active() && measures.computeIfAbsent(row.stage(), this::measures));
    }

    /** A stage that is not installed here may be anything: it is not disturbed by being watched more than any other. */
    private boolean measures(String stage) {
        try {
            return registry.find(ExtensionPoint.STAGES, stage).get().measures();
        } catch (IllegalArgumentException | BrokenContribution e) {
            return false;
        }
    }

    @Override
    protected void canceling() {
        cancelled = true;
    }
}
