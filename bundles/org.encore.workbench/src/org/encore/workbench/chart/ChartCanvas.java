package org.encore.workbench.chart;

import java.util.Map;
import java.util.TreeMap;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Later;
import org.jfree.chart.JFreeChart;
import org.jspecify.annotations.Nullable;

/**
 * Shows a chart. It is drawn in the background for the present size and resolution; the user interface's thread only copies the picture. While
 * a new one is drawn, the last one is shown.
 */
public final class ChartCanvas extends Canvas {

    private static final int SMALLEST = 40;
    private static final int WHOLE = 100;

    /** What is to be drawn; one at a time, of several that wait the last. */
    private record Order(JFreeChart chart, int width, int height, int zoom, boolean dark) {}

    private final Job job = Job.createSystem("Drawing a chart", (ICoreRunnable) monitor -> draw());
    private @Nullable JFreeChart chart;
    private @Nullable Image image;
    private volatile @Nullable Order order;

    public ChartCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Resize, event -> order());
        addListener(SWT.ZoomChanged, event -> order());
        Appearance.follow(this, this::order);
        addListener(SWT.Dispose, event -> {
            job.cancel();
            replace(null);
        });
    }

    /** Shows another chart as soon as it is drawn. */
    public void show(JFreeChart next) {
        chart = next;
        order();
    }

    private void order() {
        Rectangle area = getClientArea();
        JFreeChart current = chart;
        if (current != null && area.width >= SMALLEST && area.height >= SMALLEST) {
            order = new Order(current, area.width, area.height, getMonitor().getZoom(), Appearance.isDark());
            job.schedule();
        }
    }

    private void draw() {
        Order current = order;
        if (current == null) {
            return;
        }
        // SWT asks for 100 % too, whatever the screen
        Map<Integer, ImageData> byZoom = new TreeMap<>();
        byZoom.put(WHOLE, ChartImage.of(current.chart(), current.width(), current.height(), WHOLE, current.dark()));
        byZoom.computeIfAbsent(current.zoom(), zoom -> ChartImage.of(current.chart(), current.width(), current.height(), zoom, current.dark()));
        Later.on(this, () -> {
            replace(new Image(getDisplay(), (ImageDataProvider) byZoom::get));
            redraw();
        });
    }

    private void replace(@Nullable Image next) {
        if (image != null) {
            image.dispose();
        }
        image = next;
    }

    private void paint(GC gc) {
        if (image != null) {
            gc.drawImage(image, 0, 0);
        }
    }
}
