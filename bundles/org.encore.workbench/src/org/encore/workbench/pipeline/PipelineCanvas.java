package org.encore.workbench.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.pipeline.Pipeline.Step;
import org.encore.workbench.run.StageState;
import org.jspecify.annotations.Nullable;

/**
 * Draws the graph of stages. A click or the arrows choose one, dragging from one to another links them, Delete takes one away, Alt with the arrows
 * moves it, the wheel
 * with Ctrl and the keys + and - zoom, 0 fits the graph into the window.
 */
public final class PipelineCanvas {

    private static final double SMALLEST = 0.4;
    private static final double LARGEST = 3;
    private static final double STEP = 1.2;

    private final ScrolledComposite scrolled;
    private final Canvas canvas;
    private final Actions actions;
    private Pipeline pipeline = new Pipeline("", List.of(), List.of());
    private Layers layers = Layers.of(pipeline);
    private Map<String, StageState> states = Map.of();
    private double zoom = 1;
    private boolean fitted = true;
    private String chosen = "";
    private @Nullable String grabbed;
    private @Nullable Point pulled;

    /** What the graph asks for. */
    interface Actions {

        void choose(String id);

        void link(String from, String to);

        void remove(String id);

        void move(String id, int by);
    }

    PipelineCanvas(Composite parent, Actions actions) {
        this.actions = actions;
        scrolled = new ScrolledComposite(parent, SWT.H_SCROLL | SWT.V_SCROLL);
        canvas = new Canvas(scrolled, SWT.DOUBLE_BUFFERED);
        scrolled.setContent(canvas);
        canvas.addListener(SWT.Paint, event -> paint(event.gc));
        canvas.addListener(SWT.MouseDown, this::down);
        canvas.addListener(SWT.MouseMove, this::move);
        canvas.addListener(SWT.MouseUp, this::up);
        canvas.addListener(SWT.MouseWheel, event -> {
            if ((event.stateMask & SWT.CTRL) != 0) {
                zoom(event.count > 0 ? zoom * STEP : zoom / STEP);
                event.doit = false;
            }
        });
        canvas.addListener(SWT.KeyDown, this::key);
        canvas.addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        canvas.addListener(SWT.FocusIn, event -> canvas.redraw());
        canvas.addListener(SWT.FocusOut, event -> canvas.redraw());
        scrolled.addListener(SWT.Resize, event -> size());
        Appearance.follow(canvas, canvas::redraw);
        canvas.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = words();
            }
        });
    }

    ScrolledComposite control() {
        return scrolled;
    }

    /** Where the mouse and the keys work. */
    public Canvas canvas() {
        return canvas;
    }

    void show(Pipeline next) {
        pipeline = next;
        layers = Layers.of(next);
        if (next.step(chosen).isEmpty()) {
            chosen = next.steps().isEmpty() ? "" : next.steps().getFirst().id();
            actions.choose(chosen);
        }
        size();
        canvas.redraw();
    }

    void show(Map<String, StageState> next) {
        states = next;
        canvas.redraw();
    }

    void choose(String id) {
        if (!chosen.equals(id)) {
            chosen = id;
            actions.choose(id);
        }
        canvas.redraw();
        reveal();
    }

    /** Id of the chosen stage; empty if there is none. */
    String chosen() {
        return chosen;
    }

    double zoom() {
        return zoom;
    }

    void zoom(double next) {
        fitted = false;
        zoom = Math.max(SMALLEST, Math.min(LARGEST, next));
        size();
        canvas.redraw();
    }

    void larger() {
        zoom(zoom * STEP);
    }

    void smaller() {
        zoom(zoom / STEP);
    }

    /** As large as the window lets all of it be, but no larger than it is. */
    void fit() {
        fitted = true;
        size();
        canvas.redraw();
    }

    private void size() {
        Rectangle area = scrolled.getClientArea();
        if (area.width == 0 || area.height == 0) {
            return;
        }
        if (fitted) {
            zoom = Math.max(SMALLEST, Math.min(1, Math.min((double) area.width / layers.size().x, (double) area.height / layers.size().y)));
        }
        int width = (int) Math.ceil(layers.size().x * zoom);
        int height = (int) Math.ceil(layers.size().y * zoom);
        canvas.setSize(Math.max(area.width, width), Math.max(area.height, height));
    }

    /** The graph stands in the middle. */
    private Point origin() {
        Point size = canvas.getSize();
        return new Point(Math.max(0, (int) ((size.x - layers.size().x * zoom) / 2)), 0);
    }

    /** Where a stage is drawn, in points of the canvas; empty if it is not. */
    public Optional<Rectangle> area(String id) {
        Point origin = origin();
        return Optional.ofNullable(layers.boxes().get(id)).map(box -> new Rectangle(origin.x + (int) (box.x * zoom), origin.y + (int) (box.y * zoom),
                (int) (box.width * zoom), (int) (box.height * zoom)));
    }

    private Optional<String> at(int x, int y) {
        return pipeline.steps().stream().map(Step::id).filter(id -> area(id).filter(box -> box.contains(x, y)).isPresent()).findFirst();
    }

    private void reveal() {
        area(chosen).ifPresent(box -> {
            Point from = scrolled.getOrigin();
            Rectangle area = scrolled.getClientArea();
            int x = box.x < from.x ? box.x : Math.max(from.x, box.x + box.width - area.width);
            int y = box.y < from.y ? box.y : Math.max(from.y, box.y + box.height - area.height);
            scrolled.setOrigin(x, y);
        });
    }

    private void down(Event event) {
        canvas.setFocus();
        Optional<String> hit = at(event.x, event.y);
        hit.ifPresent(this::choose);
        grabbed = event.button == 1 ? hit.orElse(null) : null;
        pulled = null;
    }

    private void move(Event event) {
        if (grabbed != null) {
            boolean outside = area(grabbed).filter(box -> !box.contains(event.x, event.y)).isPresent();
            pulled = outside ? new Point(event.x, event.y) : null;
            canvas.redraw();
        } else {
            canvas.setToolTipText(at(event.x, event.y).flatMap(pipeline::step).map(this::tip).orElse(null));
        }
    }

    private String tip(Step step) {
        String state = Optional.ofNullable(states.get(step.id())).map(s -> "\n" + s.text()).orElse("");
        return step.name() + ": " + step.description() + "\n" + step.each() + (step.problem().isEmpty() ? "" : "\n" + step.problem()) + state;
    }

    private void up(Event event) {
        String from = grabbed;
        boolean linking = pulled != null;
        grabbed = null;
        pulled = null;
        canvas.redraw();
        if (from != null && linking) {
            at(event.x, event.y).filter(to -> !to.equals(from)).ifPresent(to -> actions.link(from, to));
        }
    }

    private void key(Event event) {
        boolean alt = (event.stateMask & SWT.ALT) != 0;
        switch (event.keyCode) {
            case SWT.ARROW_UP, SWT.ARROW_LEFT -> step(-1, alt);
            case SWT.ARROW_DOWN, SWT.ARROW_RIGHT -> step(1, alt);
            case SWT.DEL, SWT.BS -> {
                if (!chosen.isEmpty()) {
                    actions.remove(chosen);
                }
            }
            case '+', '=', SWT.KEYPAD_ADD -> larger();
            case '-', SWT.KEYPAD_SUBTRACT -> smaller();
            case '0' -> fit();
            default -> { }
        }
    }

    private void step(int by, boolean moving) {
        List<String> ids = pipeline.steps().stream().map(Step::id).toList();
        int at = ids.indexOf(chosen);
        if (moving && at >= 0) {
            actions.move(chosen, by);
        } else if (!ids.isEmpty()) {
            choose(ids.get(Math.max(0, Math.min(ids.size() - 1, at + by))));
        }
    }

    /** All of the graph with the states that are known, for paper: nothing of it is chosen. */
    GraphPicture onPaper() {
        return new GraphPicture(pipeline, layers, states, "", false, Colours.PAPER);
    }

    /** What is drawn, for those who do not see it. */
    String words() {
        return pipeline.steps().stream().map(step -> step.name() + (step.id().equals(chosen) ? ", chosen" : "") + (step.problem().isEmpty() ? ""
                : ", " + step.problem())
                + Optional.ofNullable(states.get(step.id())).map(state -> ", " + state.text()).orElse("")).collect(Collectors.joining("; "));
    }

    private void paint(GC gc) {
        Colours colours = Colours.ofWindow();
        gc.setBackground(colours.ground());
        gc.fillRectangle(canvas.getClientArea());
        var transform = new Transform(gc.getDevice());
        Point origin = origin();
        transform.translate(origin.x, origin.y);
        transform.scale((float) zoom, (float) zoom);
        gc.setTransform(transform);
        new GraphPicture(pipeline, layers, states, chosen, canvas.isFocusControl(), colours).draw(gc);
        gc.setTransform(null);
        transform.dispose();
        Point end = pulled;
        if (grabbed != null && end != null) {
            area(grabbed).ifPresent(from -> { // the text may have lost it meanwhile
                gc.setForeground(colours.chosen());
                gc.setLineStyle(SWT.LINE_DASH);
                gc.drawLine(from.x + from.width / 2, from.y + from.height, end.x, end.y);
            });
        }
    }
}
