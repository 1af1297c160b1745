package org.encore.workbench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPage;
import org.encore.api.extension.Registry;
import org.encore.compare.Comparison;
import org.encore.compare.Question;
import org.encore.experiment.result.RunResults;
import org.encore.workbench.part.StatusLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads and compares the runs of what is chosen in the table, once for all views of a window, in the background. To be used on the user interface's
 * thread.
 */
final class ChosenResults {

    private static final Map<IWorkbenchPage, ChosenResults> BY_PAGE = new WeakHashMap<>();
    private static final long PAUSE_MILLIS = 150;

    private final IWorkbenchPage page;
    private final Set<Consumer<Compared>> views = new CopyOnWriteArraySet<>();
    private final ISelectionListener listener = (part, selection) -> choose(selection);
    private final Job job = Job.create("Comparing runs", (ICoreRunnable) monitor -> compare());
    private volatile List<Result> chosen = List.of();
    private volatile @Nullable Compared last;

    private ChosenResults(IWorkbenchPage page) {
        this.page = page;
    }

    static ChosenResults of(IWorkbenchPage page) {
        return BY_PAGE.computeIfAbsent(page, ChosenResults::new);
    }

    /** Tells a view what is compared, now if it is known and then whenever that changes, on another thread. */
    void add(Consumer<Compared> view) {
        views.add(view);
        if (views.size() == 1) {
            page.addSelectionListener(ResultsView.ID, listener);
        }
        Compared known = last;
        if (known != null) { // it may read files of what it shows
            Job.createSystem("Showing what is compared", (ICoreRunnable) monitor -> view.accept(known)).schedule();
        }
        choose(page.getSelection(ResultsView.ID));
    }

    void remove(Consumer<Compared> view) {
        views.remove(view);
        if (views.isEmpty()) {
            page.removeSelectionListener(ResultsView.ID, listener);
            job.cancel();
            chosen = List.of();
            last = null;
        }
    }

    private void choose(@Nullable ISelection selection) {
        if (selection instanceof IStructuredSelection structured && !structured.isEmpty() && structured.getFirstElement() instanceof Result) {
            var next = new ArrayList<Result>();
            for (Object element : structured.toArray()) {
                next.add((Result) element);
            }
            if (!next.equals(chosen)) {
                chosen = List.copyOf(next);
                job.schedule(PAUSE_MILLIS);
            }
        }
    }

    private void compare() {
        List<Result> of = chosen;
        try {
            var runs = new ArrayList<RunResults>();
            for (Path run : of.stream().map(Result::run).distinct().toList()) {
                runs.add(RunResults.read(run));
            }
            if (runs.isEmpty()) {
                return;
            }
            // a question that was asked of one run is not asked of several
            Question own = Comparison.question(runs.getFirst());
            Comparison comparison = runs.size() == 1 ? Comparison.kept(runs.getFirst()).orElse(Comparison.of(runs, own, Registry.ofPlatform()))
                    : Comparison.of(runs, Question.none(own.split()), Registry.ofPlatform());
            var compared = new Compared(List.copyOf(runs), of, comparison);
            last = compared;
            views.forEach(view -> view.accept(compared));
        } catch (IOException | RuntimeException e) {
            page.getWorkbenchWindow().getShell().getDisplay().asyncExec(() -> StatusLine.say(page.getWorkbenchWindow(), "cannot be compared: "
                    + e.getMessage()));
        }
    }
}
