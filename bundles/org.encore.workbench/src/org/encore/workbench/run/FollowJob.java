package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;

/**
 * Follows one run's events: tells how it stands, at once, and then whenever something is new, twenty times a second at most; once a second while
 * times are measured.
 */
final class FollowJob extends Job {

    private static final long PERIOD_MILLIS = 50;
    private static final long CALM_MILLIS = 1000;
    private static final long LONG_NANOS = 1_000_000_000;

    private final Path run;
    private final Consumer<Snapshot> changed;
    private final EventTail tail;
    private final LiveRun live = new LiveRun();
    private final LiveCurves curves = new LiveCurves();
    private final Stages stages = new Stages();
    private final Registry registry = Registry.ofPlatform();
    private final Map<String, Boolean> measures = new HashMap<>();
    private List<String> stageIds = List.of();
    /** Whether something was read that was not told yet: that there is nothing is told too. */
    private boolean news = true;
    private long reading;
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
            reading = System.nanoTime();
            tail.poll(this::on);
            if (news) {
                tell();
            }
            return Status.OK_STATUS;
        } catch (OperationCanceledException e) {
            return Status.CANCEL_STATUS;
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
        curves.on(timed.event());
        stages.on(timed);
        news = true;
        if (System.nanoTime() - reading > LONG_NANOS) { // millions of them are seen while they are read
            tell();
            reading = System.nanoTime();
        }
    }

    /** @throws OperationCanceledException if nobody asks any more */
    private void tell() {
        if (cancelled) {
            throw new OperationCanceledException();
        }
        changed.accept(new Snapshot(run, live.status(), live.activity(), measuring(), live.cells(), stageIds, curves.now(), live.samples(),
                live.scores(), stages.rows()));
        news = false;
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
