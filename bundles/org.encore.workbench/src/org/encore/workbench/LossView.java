package org.encore.workbench;

import java.nio.file.Path;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.result.LiveRun;
import org.encore.report.chart.LossChart;
import org.jfree.chart.JFreeChart;
import org.jspecify.annotations.Nullable;

/** The loss of the chosen run, followed while it goes on. */
public final class LossView extends ViewPart {

    public static final String ID = "org.encore.workbench.loss";

    private static final int SMALLEST = 40;

    private final ISelectionListener listener = (part, selection) -> {
        if (selection instanceof IStructuredSelection chosen && chosen.getFirstElement() instanceof RunRow row) {
            follow(row.path());
        }
    };
    private Canvas canvas;
    private @Nullable FollowJob job;
    private @Nullable JFreeChart chart;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        canvas = new Canvas(parent, SWT.DOUBLE_BUFFERED);
        canvas.addListener(SWT.Paint, event -> paint(event.gc));
        canvas.addListener(SWT.Resize, event -> canvas.redraw());
        setContentDescription("no run chosen");
        getSite().getPage().addSelectionListener(RunsView.ID, listener);
        listener.selectionChanged(this, getSite().getPage().getSelection(RunsView.ID));
    }

    private void paint(org.eclipse.swt.graphics.GC gc) {
        Rectangle area = canvas.getClientArea();
        JFreeChart current = chart;
        if (current == null || area.width < SMALLEST || area.height < SMALLEST) {
            return;
        }
        // asked again at the display's own resolution, so that lines are sharp on every screen
        var image = new Image(canvas.getDisplay(), (org.eclipse.swt.graphics.ImageDataProvider) zoom -> ChartImage.of(current, area.width, area.height, zoom));
        gc.drawImage(image, 0, 0);
        image.dispose();
    }

    private void follow(Path run) {
        if (job != null && job.run().equals(run)) {
            return;
        }
        if (job != null) {
            job.cancel();
        }
        job = new FollowJob(run, this::show);
        job.schedule();
    }

    private void show(Path run, LiveRun live) {
        JFreeChart drawn = LossChart.of(run.getFileName().toString(), live.cells(), live.curves(), live.development());
        String description = live.activity();
        canvas.getDisplay().asyncExec(() -> {
            if (!canvas.isDisposed()) {
                chart = drawn;
                setContentDescription(description);
                canvas.redraw();
            }
        });
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
    }

    @Override
    public void dispose() {
        getSite().getPage().removeSelectionListener(RunsView.ID, listener);
        if (job != null) {
            job.cancel();
        }
        super.dispose();
    }

    /** What the chart is drawn on. */
    public Canvas canvas() {
        return canvas;
    }
}
