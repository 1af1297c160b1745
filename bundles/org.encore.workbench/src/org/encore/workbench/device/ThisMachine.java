package org.encore.workbench.device;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.encore.experiment.device.MachineLimits;
import org.encore.workbench.Installation;
import org.encore.workbench.part.CommandRun;
import org.encore.workbench.part.ShellLine;

/** Asks the command what this machine has, once for all views, when the first of them opens and whenever the user wants. */
final class ThisMachine {

    static final ThisMachine HERE = new ThisMachine();

    private final Set<Listener> views = new CopyOnWriteArraySet<>();
    private final Job looking = Job.create("Looking at this machine", (ICoreRunnable) monitor -> look(monitor, false));
    private final Job measuring = Job.create("Measuring this machine's limits", (ICoreRunnable) monitor -> look(monitor, true));

    private ThisMachine() {}

    /** Who is told; on any thread. */
    interface Listener {

        void found(Devices devices);

        /** Nothing is known, and why. */
        void nothing(String why);
    }

    void add(Listener view) {
        views.add(view);
        looking.schedule();
    }

    void remove(Listener view) {
        views.remove(view);
        if (views.isEmpty()) {
            looking.cancel();
        }
    }

    void again() {
        looking.schedule();
    }

    /** Takes the limits anew: some ten seconds in which nothing else of ours runs. */
    void measure() {
        measuring.schedule();
    }

    private void look(IProgressMonitor monitor, boolean anew) {
        if (!anew && MachineLimits.known().isEmpty()) {
            nothing("The limits of this machine are not measured yet. Press Measure: it takes some ten seconds, best on a quiet machine.");
            return;
        }
        try {
            CommandRun run = CommandRun.of(Installation.command(), anew ? ShellLine.of("devices", "--json", "--measure") : ShellLine.of("devices",
                    "--json"), monitor);
            if (run.code() == 0) {
                Devices devices = Devices.read(run.out());
                views.forEach(view -> view.found(devices));
            } else {
                nothing(run.reason());
            }
        } catch (IOException | IllegalArgumentException e) {
            nothing(String.valueOf(e.getMessage()));
        }
    }

    private void nothing(String why) {
        views.forEach(view -> view.nothing(why));
    }
}
