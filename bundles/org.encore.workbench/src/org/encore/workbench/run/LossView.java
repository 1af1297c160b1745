package org.encore.workbench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.report.chart.LossChart;
import org.jfree.chart.JFreeChart;
import org.encore.workbench.chart.ChartCanvas;
import org.encore.workbench.part.Later;

/** The loss of the chosen run, followed while it goes on. */
public final class LossView extends ViewPart {

    public static final String ID = "org.encore.workbench.loss";

    private ChartCanvas canvas;
    private ChosenRun chosen;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        canvas = new ChartCanvas(parent);
        setContentDescription("no run chosen");
        chosen = new ChosenRun(getSite().getPage(), this::follow);
    }

    private Consumer<List<EventJson.Timed>> follow(Path run) {
        var live = new LiveRun();
        return events -> {
            events.forEach(timed -> live.on(timed.event()));
            JFreeChart chart = LossChart.of(run.getFileName().toString(), live.cells(), live.curves(), live.development());
            String description = live.activity().isEmpty() ? live.status() : live.activity();
            Later.on(canvas, () -> {
                setContentDescription(description);
                canvas.show(chart);
            });
        };
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
    }

    @Override
    public void dispose() {
        chosen.dispose();
        super.dispose();
    }

    /** What the chart is drawn on. */
    public Canvas canvas() {
        return canvas;
    }
}
