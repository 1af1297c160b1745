package org.encore.workbench.run;

import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPage;
import org.jspecify.annotations.Nullable;

/** The run that is chosen in the list, followed once for all views of a window. To be used on the user interface's thread. */
final class ChosenRun {

    private static final Map<IWorkbenchPage, ChosenRun> BY_PAGE = new WeakHashMap<>();

    private final IWorkbenchPage page;
    private final Set<Consumer<Snapshot>> views = new CopyOnWriteArraySet<>();
    private final ISelectionListener listener = (part, selection) -> choose(selection);
    private @Nullable FollowJob job;
    private volatile @Nullable Snapshot last;

    private ChosenRun(IWorkbenchPage page) {
        this.page = page;
    }

    static ChosenRun of(IWorkbenchPage page) {
        return BY_PAGE.computeIfAbsent(page, ChosenRun::new);
    }

    /**
     * Tells a view how the run stands, now if it is known and then whenever that changes, on another thread; of another run as soon as it is chosen.
     */
    void add(Consumer<Snapshot> view) {
        views.add(view);
        if (views.size() == 1) {
            page.addSelectionListener(RunsView.ID, listener);
        }
        Snapshot known = last;
        if (known != null) {
            view.accept(known);
        }
        choose(page.getSelection(RunsView.ID));
    }

    void remove(Consumer<Snapshot> view) {
        views.remove(view);
        if (views.isEmpty()) {
            page.removeSelectionListener(RunsView.ID, listener);
            stop();
        }
    }

    private void choose(@Nullable ISelection selection) {
        if (selection instanceof IStructuredSelection chosen && chosen.getFirstElement() instanceof RunRow row
                && (job == null || !job.run().equals(row.path()))) {
            stop();
            var next = new FollowJob(row.path(), this::tell);
            job = next;
            next.schedule();
        }
    }

    private void tell(Snapshot snapshot) {
        last = snapshot;
        views.forEach(view -> view.accept(snapshot));
    }

    private void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
        last = null;
    }
}
