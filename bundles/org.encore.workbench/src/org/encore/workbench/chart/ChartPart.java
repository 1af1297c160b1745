package org.encore.workbench.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuCreator;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.part.ViewPart;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.Figure;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Heading;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ToolAction;
import org.jspecify.annotations.Nullable;

/**
 * A view that shows one figure, of whatever there is to show.
 *
 * @param <D> what it is made of; never changed once it was given
 */
public abstract class ChartPart<D> extends ViewPart {

    private final Job job = Job.createSystem("Making a chart", (ICoreRunnable) monitor -> make());
    private final Set<String> hidden = new LinkedHashSet<>();
    private EmptyState state;
    private ChartCanvas canvas;
    private volatile @Nullable D data;
    private volatile Set<String> left = Set.of();
    private volatile boolean logarithmic;
    private volatile boolean smooth;
    private volatile boolean paused;
    private volatile @Nullable Figure figure;

    /** What to do while there is nothing to show. */
    protected abstract String advice();

    /** Names of what can be hidden, in order. */
    protected abstract List<String> series(D of);

    /**
     * The figure, on a thread of its own; null if there is nothing to show.
     *
     * @param without names of what is hidden
     * @param smoothed whether noise is to be taken out
     */
    protected abstract @Nullable Figure figure(D of, Set<String> without, boolean smoothed);

    /** In a line above it. */
    protected abstract String description(D of);

    /** Whether values may be shown on a logarithmic axis. */
    protected boolean positive() {
        return false;
    }

    /** Whether it has noise that may be taken out. */
    protected boolean noisy() {
        return false;
    }

    /** To be called when the view is there: whatever tells it of data begins. */
    protected abstract void begin();

    @Override
    public final void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, advice());
        canvas = new ChartCanvas(state);
        actions(getViewSite().getActionBars().getToolBarManager());
        begin();
    }

    private void actions(IToolBarManager bar) {
        if (positive()) {
            bar.add(toggle("Logarithmic axis", "log-axis", chosen -> logarithmic = chosen));
        }
        if (noisy()) {
            bar.add(toggle("Smooth", "smooth", chosen -> smooth = chosen));
        }
        bar.add(toggle("Pause: what is new is not drawn", "pause", this::pause));
        bar.add(new SeriesMenu());
        bar.add(new ToolAction("Show all (Home)", "follow", () -> canvas.showAll()));
        bar.add(new ToolAction("Export as SVG, PNG and CSV…", "export", () -> ChartExport.of(getSite().getWorkbenchWindow(), figure)));
    }

    private IAction toggle(String text, String icon, java.util.function.Consumer<Boolean> set) {
        var action = new Action(text, IAction.AS_CHECK_BOX) {
            @Override
            public void run() {
                set.accept(isChecked());
                job.schedule();
            }
        };
        action.setToolTipText(text);
        action.setImageDescriptor(Icons.of(icon));
        return action;
    }

    /** Shows something else, unless the view is paused. May be called from any thread. */
    protected final void show(D next) {
        if (!paused || data == null) {
            data = next;
            job.schedule();
        }
    }

    private void make() {
        D now = data;
        if (now == null) {
            return;
        }
        Figure made = figure(now, left, smooth);
        if (made != null && logarithmic) {
            ChartStyle.logarithmic(made.chart());
        }
        figure = made;
        String description = description(now) + (paused ? "  (paused)" : "");
        Later.on(state, () -> {
            setContentDescription(Heading.of(description));
            if (made != null) {
                canvas.show(made.chart(), made.words());
            }
            state.show(canvas, () -> made != null);
        });
    }

    @Override
    public void setFocus() {
        if (state.said().isEmpty()) {
            canvas.setFocus();
        } else {
            state.setFocus();
        }
    }

    @Override
    public void dispose() {
        job.cancel();
        super.dispose();
    }

    /** What the chart is drawn on. */
    public ChartCanvas canvas() {
        return canvas;
    }

    /** What is said while there is nothing to show. */
    public EmptyState state() {
        return state;
    }

    /** What is shown; null if nothing is. */
    public @Nullable Figure figure() {
        return figure;
    }

    /** Leaves the chart as it is, whatever is new, or follows again. */
    public void pause(boolean still) {
        paused = still;
        job.schedule();
    }

    /** Hides or shows what has this name. */
    public void hide(String name, boolean away) {
        if (away ? hidden.add(name) : hidden.remove(name)) {
            left = Set.copyOf(hidden);
            job.schedule();
        }
    }

    /** A drop-down of everything that can be hidden. */
    private final class SeriesMenu extends Action implements IMenuCreator {

        private @Nullable Menu menu;

        SeriesMenu() {
            super("Series", IAction.AS_DROP_DOWN_MENU);
            setToolTipText("What is shown");
            setImageDescriptor(Icons.of("series"));
            setMenuCreator(this);
        }

        @Override
        public Menu getMenu(Control parent) {
            dispose();
            var next = new Menu(parent);
            D now = data;
            for (String name : now == null ? List.<String>of() : series(now)) {
                var item = new MenuItem(next, SWT.CHECK);
                item.setText(name);
                item.setSelection(!hidden.contains(name));
                item.addListener(SWT.Selection, e -> hide(name, !item.getSelection()));
            }
            menu = next;
            return next;
        }

        @Override
        public @Nullable Menu getMenu(Menu parent) {
            return null;
        }

        @Override
        public void dispose() {
            if (menu != null) {
                menu.dispose();
            }
        }
    }
}
