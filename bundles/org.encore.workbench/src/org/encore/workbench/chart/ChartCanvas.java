package org.encore.workbench.chart;

import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Later;
import org.jfree.chart.JFreeChart;
import org.jspecify.annotations.Nullable;

/**
 * Shows a chart. It is drawn in the background for the present size and resolution; the user interface's thread only copies the picture. While
 * a new one is drawn, the last one is shown. The wheel and the keys + and - zoom, dragging and the arrows move, a double click or Home shows all
 * again.
 */
public final class ChartCanvas extends Canvas {

    private static final int SMALLEST = 40;
    private static final int WHOLE = 100;
    private static final double STEP = 0.8;
    private static final double MOVE = 0.1;

    /** What is to be drawn; one at a time, of several that wait the last. */
    private record Order(JFreeChart chart, Section section, int width, int height, int zoom, boolean dark) {}

    private final Job job = Job.createSystem("Drawing a chart", (ICoreRunnable) monitor -> draw());
    private @Nullable JFreeChart chart;
    private @Nullable Image image;
    private @Nullable Drawn drawn;
    private Section section = Section.ALL;
    private @Nullable Point grabbed;
    private String words = "";
    private Optional<Pointing> pointing = Optional.empty();
    private Optional<Rectangle2D> marked = Optional.empty();
    private volatile @Nullable Order order;
    private int pictures;

    public ChartCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Resize, event -> order());
        addListener(SWT.ZoomChanged, event -> order());
        addListener(SWT.MouseWheel, event -> zoom(event.count > 0 ? STEP : 1 / STEP, event.x, event.y));
        addListener(SWT.MouseDown, event -> {
            setFocus();
            grabbed = event.button == 1 ? new Point(event.x, event.y) : null;
        });
        addListener(SWT.MouseMove, this::drag);
        addListener(SWT.MouseUp, event -> grabbed = null);
        addListener(SWT.MouseDoubleClick, event -> showAll());
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, event -> event.doit = true);
        Appearance.follow(this, this::order);
        addListener(SWT.Dispose, event -> {
            job.cancel();
            replace(null);
        });
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = words;
            }
        });
    }

    /** Shows another chart as soon as it is drawn. @param inWords what it says, for those who do not see it */
    public void show(JFreeChart next, String inWords) {
        chart = next;
        words = inWords;
        marked = Optional.empty();
        order();
    }

    /** Is told what is pointed at. */
    public interface Pointing {

        /** The mouse is at a place of the plot, in the units of its axes. */
        void at(double across, double up);

        /** An arrow asks for what lies beside. */
        void beside(int right, int down);
    }

    /** From now on arrows do not move the chart, but what is pointed at in it. */
    public void pointing(Pointing told) {
        pointing = Optional.of(told);
    }

    /** Draws a frame around something, in the units of the axes. */
    public void mark(Rectangle2D frame) {
        marked = Optional.of(frame);
        redraw();
    }

    /** Where in this control something lies that is given in the units of the axes; nothing as long as nothing is drawn. */
    public Optional<Rectangle> place(Rectangle2D of) {
        Drawn seen = drawn;
        return seen == null ? Optional.empty() : Optional.of(seen.place(of).getBounds()).map(at -> new Rectangle(at.x, at.y, at.width, at.height));
    }

    /** Shows the whole of it again, after it was moved or zoomed. */
    public void showAll() {
        section = Section.ALL;
        order();
    }

    /** What of the chart is seen. */
    public Section section() {
        return section;
    }

    /** What is said of it to those who do not see it. */
    public String words() {
        return words;
    }

    /** How often something was drawn so far. */
    public int pictures() {
        return pictures;
    }

    private void zoom(double factor, int x, int y) {
        if (drawn != null) {
            section = drawn.zoomed(factor, x, y);
            order();
        }
    }

    private void move(double x, double y) {
        if (drawn != null) {
            section = drawn.moved(x, y);
            order();
        }
    }

    private void drag(Event event) {
        if (grabbed != null && drawn != null && (event.x != grabbed.x || event.y != grabbed.y)) {
            section = drawn.moved(grabbed.x - event.x, grabbed.y - event.y);
            grabbed = new Point(event.x, event.y);
            drawn.at(section);
            order();
        } else if (grabbed == null && drawn != null) {
            drawn.at(event.x, event.y).ifPresent(at -> pointing.ifPresent(told -> told.at(at.getX(), at.getY())));
        }
    }

    private void arrow(int right, int down) {
        Point size = getSize();
        pointing.ifPresentOrElse(told -> told.beside(right, down), () -> move(MOVE * right * size.x, MOVE * down * size.y));
    }

    private void key(Event event) {
        Point size = getSize();
        switch (event.keyCode) {
            case '+', '=', SWT.KEYPAD_ADD -> zoom(STEP, size.x / 2, size.y / 2);
            case '-', SWT.KEYPAD_SUBTRACT -> zoom(1 / STEP, size.x / 2, size.y / 2);
            case SWT.ARROW_LEFT -> arrow(-1, 0);
            case SWT.ARROW_RIGHT -> arrow(1, 0);
            case SWT.ARROW_UP -> arrow(0, -1);
            case SWT.ARROW_DOWN -> arrow(0, 1);
            case SWT.HOME -> showAll();
            default -> { }
        }
    }

    private void order() {
        Rectangle area = getClientArea();
        JFreeChart current = chart;
        if (current != null && area.width >= SMALLEST && area.height >= SMALLEST) {
            order = new Order(current, section, area.width, area.height, getMonitor().getZoom(), Appearance.isDark());
            job.schedule();
        }
    }

    private void draw() {
        Order current = order;
        if (current == null) {
            return;
        }
        Map<Integer, ImageData> byZoom = new TreeMap<>();
        Drawn seen = Drawn.of(current.chart(), current.section(), current.width(), current.height(), current.zoom(), current.dark());
        byZoom.put(current.zoom(), seen.data());
        // SWT asks for 100 % too, whatever the screen; what lies where differs a little, as texts are not as wide
        byZoom.computeIfAbsent(WHOLE, zoom -> Drawn.of(current.chart(), current.section(), current.width(), current.height(), zoom,
                current.dark()).data());
        Later.on(this, () -> {
            drawn = seen;
            pictures++;
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
        marked.flatMap(this::place).filter(at -> !at.isEmpty()).ifPresent(at -> {
            gc.setForeground(getDisplay().getSystemColor(Appearance.isDark() ? SWT.COLOR_WHITE : SWT.COLOR_BLACK));
            gc.setLineWidth(2);
            gc.drawRectangle(at.x, at.y, at.width, at.height);
        });
    }
}
