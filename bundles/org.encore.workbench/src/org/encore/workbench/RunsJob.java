package org.encore.workbench;

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
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;

/** Looks at the folder of runs once a second, and tells when something has changed. Each run's events are read once. */
final class RunsJob extends Job {

    private static final long PERIOD_MILLIS = 1000;

    private final Path folder;
    private final Consumer<List<RunRow>> changed;
    private final Map<Path, Followed> followed = new HashMap<>();
    private List<RunRow> last = List.of();
    private boolean cancelled;

    private record Followed(EventTail tail, LiveRun run) {}

    RunsJob(Path folder, Consumer<List<RunRow>> changed) {
        super("Runs in " + folder);
        this.folder = folder;
        this.changed = changed;
        setSystem(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            List<RunRow> rows = RunFolder.list(folder).stream().map(this::row).toList();
            if (!rows.equals(last)) {
                last = rows;
                changed.accept(rows);
            }
        } catch (IOException e) {
            return Status.warning("cannot read " + folder + ": " + e.getMessage(), e);
        } finally {
            if (!cancelled) {
                schedule(PERIOD_MILLIS);
            }
        }
        return Status.OK_STATUS;
    }

    private RunRow row(RunFolder run) {
        Followed state = followed.computeIfAbsent(run.path(), path -> new Followed(new EventTail(path), new LiveRun()));
        try {
            for (EventJson.Timed timed : state.tail().poll()) {
                state.run().on(timed.event());
            }
        } catch (IOException e) {
            return new RunRow(run.path(), "unreadable", "");
        }
        return new RunRow(run.path(), state.run().status(), state.run().experiment());
    }

    @Override
    protected void canceling() {
        cancelled = true;
    }
}
