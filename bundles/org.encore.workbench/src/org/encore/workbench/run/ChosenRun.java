package org.encore.workbench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPage;
import org.encore.experiment.run.EventJson;
import org.jspecify.annotations.Nullable;

/** Follows the events of whichever run is chosen in the list. */
final class ChosenRun {

    private final IWorkbenchPage page;
    private final Function<Path, Consumer<List<EventJson.Timed>>> begin;
    private final ISelectionListener listener = (part, selection) -> choose(selection);
    private @Nullable FollowJob job;

    /** @param begin gives what takes a run's events from the first one on, each time that another run is chosen */
    ChosenRun(IWorkbenchPage page, Function<Path, Consumer<List<EventJson.Timed>>> begin) {
        this.page = page;
        this.begin = begin;
        page.addSelectionListener(RunsView.ID, listener);
        choose(page.getSelection(RunsView.ID));
    }

    private void choose(@Nullable ISelection selection) {
        if (selection instanceof IStructuredSelection chosen && chosen.getFirstElement() instanceof RunRow row
                && (job == null || !job.run().equals(row.path()))) {
            stop();
            job = new FollowJob(row.path(), begin.apply(row.path()));
            job.schedule();
        }
    }

    private void stop() {
        if (job != null) {
            job.cancel();
        }
    }

    void dispose() {
        page.removeSelectionListener(RunsView.ID, listener);
        stop();
    }
}
