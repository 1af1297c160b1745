package org.encore.workbench.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.encore.workbench.Settings;
import org.encore.workbench.part.DesktopNotice;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.StatusLine;

/** Tells on the desktop that runs have ended, while the user looks at something else. */
public final class Notices {

    private static final double MILLIS = 1000;

    private final IWorkbenchWindow window;
    private final BooleanSupplier inFront;

    /** Those of a window, which is in front as long as one of its shells or dialogs is the active one. */
    Notices(IWorkbenchWindow window) {
        this(window, () -> window.getShell().getDisplay().getActiveShell() != null);
    }

    /** @param inFront whether the window is looked at; asked on the user interface's thread */
    public Notices(IWorkbenchWindow window, BooleanSupplier inFront) {
        this.window = window;
        this.inFront = inFront;
    }

    /** Tells what has ended, unless the window is in front or the settings say otherwise. May be called from any thread. */
    public void tell(List<RunRow> ended) {
        if (ended.isEmpty() || !Settings.store().getBoolean(Settings.NOTIFY)) {
            return;
        }
        Shell shell = window.getShell();
        Later.on(shell, () -> {
            if (!inFront.getAsBoolean()) {
                ended.forEach(row -> tell(shell, row));
            }
        });
    }

    private void tell(Shell shell, RunRow row) {
        String title = row.name() + (row.status().equals("done") ? " is done" : " has failed");
        String text = row.experiment() + ", after " + Stages.duration(Duration.between(row.started(), Instant.now()).toMillis() / MILLIS);
        Job.createSystem("Telling that a run has ended", (ICoreRunnable) monitor -> {
            boolean shown = DesktopNotice.show(shell, title, text);
            Later.on(shell, () -> StatusLine.say(window, shown ? title : String.format(Locale.ROOT,
                    "%s. Nothing on this machine shows notifications of the desktop (notify-send of libnotify is missing).", title)));
        }).schedule();
    }
}
