package org.encore.workbench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;

/** Reads what all runs have found; each again only when it has gone on. Runs that cannot be read are told, and hide no other. */
final class ResultsJob extends Job {

    private static final long PERIOD_MILLIS = 3000;

    private final Path folder;
    private final BiConsumer<List<Result>, List<String>> changed;
    private final Map<Path, Known> known = new HashMap<>();
    private List<Result> last = List.of();
    private boolean first = true;
    private volatile boolean cancelled;

    private record Known(long modified, List<Result> results, String problem) {}

    /** @param changed gets the results and what could not be read, on the job's thread */
    ResultsJob(Path folder, BiConsumer<List<Result>, List<String>> changed) {
        super("Reading runs in " + folder);
        this.folder = folder;
        this.changed = changed;
        setSystem(true);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        try {
            List<RunFolder> runs = RunFolder.list(folder);
            var progress = SubMonitor.convert(monitor, runs.size());
            var results = new ArrayList<Result>();
            var problems = new ArrayList<String>();
            for (RunFolder run : runs) {
                if (progress.split(1).isCanceled() || cancelled) {
                    return Status.CANCEL_STATUS;
                }
                long modified = Files.getLastModifiedTime(run.path().resolve(EventLog.FILE)).toMillis();
                Known found = known.get(run.path());
                if (found == null || found.modified() != modified) {
                    found = read(run, modified);
                    known.put(run.path(), found);
                }
                results.addAll(found.results());
                if (!found.problem().isEmpty()) {
                    problems.add(found.problem());
                }
            }
            if ((first || !results.equals(last)) && !cancelled) {
                first = false;
                last = results;
                changed.accept(List.copyOf(results), problems);
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

    private static Known read(RunFolder run, long modified) {
        try {
            return new Known(modified, Result.of(RunResults.read(run.path())), "");
        } catch (IOException | RuntimeException e) {
            return new Known(modified, List.of(), run.name() + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    protected void canceling() {
        cancelled = true;
    }
}
