package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.run.RunFolder;
import org.encore.workbench.Settings;
import org.jspecify.annotations.Nullable;

/** Follows the newest run of an experiment, whoever started it. */
public final class RunOfExperiment {

    private static final long PERIOD_MILLIS = 1000;

    private final Supplier<String> name;
    private final Consumer<Seen> changed;
    private final Job job = new Looking();
    private volatile @Nullable FollowJob following;
    private volatile boolean stopped;

    /**
     * What is seen of the run.
     *
     * @param run name of its folder
     * @param status running, done, failed or stopped
     * @param text of the experiment, as the run has it
     * @param stages by id
     */
    public record Seen(String run, String status, String text, Map<String, StageState> stages) {}

    /** @param name of the experiment, asked whenever it looks; @param changed told on another thread */
    public RunOfExperiment(Supplier<String> name, Consumer<Seen> changed) {
        this.name = name;
        this.changed = changed;
    }

    public void start() {
        stopped = false;
        job.schedule();
    }

    public void stop() {
        stopped = true;
        job.cancel();
        leave();
    }

    private void leave() {
        FollowJob last = following;
        if (last != null) {
            last.cancel();
            following = null;
        }
    }

    private final class Looking extends Job {

        Looking() {
            super("Looking for runs of an experiment");
            setSystem(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            try {
                look();
                return Status.OK_STATUS;
            } catch (IOException e) {
                return Status.warning("cannot read " + Settings.runs() + ": " + e.getMessage(), e);
            } finally {
                if (!stopped) {
                    schedule(PERIOD_MILLIS);
                }
            }
        }

        private void look() throws IOException {
            String experiment = name.get();
            Optional<RunFolder> newest = experiment.isEmpty() ? Optional.empty() : RunFolder.list(Settings.runs()).stream()
                    .filter(run -> run.name().matches(java.util.regex.Pattern.quote(experiment) + "-\\d{4}-\\d\\d-\\d\\d-\\d+")).findFirst();
            FollowJob last = following;
            if (newest.isEmpty() || last != null && last.run().equals(newest.get().path())) {
                return;
            }
            leave();
            Path folder = newest.get().path();
            Path given = folder.resolve(RunFolder.EXPERIMENT);
            String text = Files.exists(given) ? Files.readString(given) : "";
            var next = new FollowJob(folder, snapshot -> changed.accept(new Seen(newest.get().name(), snapshot.status(), text,
                    StageState.of(snapshot))));
            following = next;
            next.schedule();
            if (stopped) {
                leave(); // whoever stopped it while it looked did not see this one
            }
        }
    }
}
