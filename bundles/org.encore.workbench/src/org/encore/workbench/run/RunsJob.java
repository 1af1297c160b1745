package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.run.RunFolder;

/** Looks at the folder of runs once a second, and tells when something has changed. The newest run comes first. */
final class RunsJob extends Job {

    private static final long PERIOD_MILLIS = 1000;

    private final Path folder;
    private final Consumer<List<RunRow>> changed;
    private final Map<Path, RunState> states = new HashMap<>();
    private List<RunRow> last = List.of();
    private volatile boolean cancelled;

    RunsJob(Path folder, Consumer<List<RunRow>> changed) {
        super("Runs in " + folder);
        this.folder = folder;
        this.changed = changed;
        setSystem(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            Instant now = Instant.now();
            List<RunRow> rows = RunFolder.list(folder).stream().map(run -> states.computeIfAbsent(run.path(), RunState::new).row(now))
                    .sorted(Comparator.comparing(RunRow::started).reversed().thenComparing(RunRow::name)).toList();
            if (!rows.equals(last) && !cancelled) {
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

    @Override
    protected void canceling() {
        cancelled = true;
    }
}
