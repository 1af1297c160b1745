package org.encore.workbench.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.pipeline.Pipeline.Kind;
import org.encore.workbench.pipeline.Pipeline.Link;
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
    private static final int CORNER = 10;
    private static final int STRIPE = 5;
    private static final int ARROW = 5;
    private static final int INDENT = 14;

    private final ScrolledComposite scrolled;
    private final Canvas canvas;
    private final Actions actions;
    private final Font bold;
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
        FontData[] data = canvas.getFont().getFontData();
        for (FontData one : data) {
            one.setStyle(SWT.BOLD);
        }
        bold = new Font(canvas.getDisplay(), data);
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
        canvas.addListener(SWT.Dispose, event -> bold.dispose());
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

    /** What is drawn, for those who do not see it. */
    String words() {
        return pipeline.steps().stream().map(step -> step.name() + (step.id().equals(chosen) ? ", chosen" : "") + (step.problem().isEmpty() ? ""
                : ", " + step.problem())
                + Optional.ofNullable(states.get(step.id())).map(state -> ", " + state.text()).orElse("")).collect(Collectors.joining("; "));
    }

    private void paint(GC gc) {
        gc.setAntialias(SWT.ON);
        gc.setTextAntialias(SWT.ON);
        gc.setBackground(Colours.ground());
        gc.fillRectangle(canvas.getClientArea());
        var transform = new Transform(gc.getDevice());
        Point origin = origin();
        transform.translate(origin.x, origin.y);
        transform.scale((float) zoom, (float) zoom);
        gc.setTransform(transform);
        pipeline.links().stream().filter(link -> link.shown() || link.to().equals(chosen)).forEach(link -> arrow(gc, link));
        pipeline.steps().forEach(step -> box(gc, step, layers.boxes().get(step.id())));
        gc.setTransform(null);
        transform.dispose();
        Point end = pulled;
        if (grabbed != null && end != null) {
            area(grabbed).ifPresent(from -> { // the text may have lost it meanwhile
                gc.setForeground(Colours.chosen());
                gc.setLineStyle(SWT.LINE_DASH);
                gc.drawLine(from.x + from.width / 2, from.y + from.height, end.x, end.y);
            });
        }
    }

    private void arrow(GC gc, Link link) {
        Rectangle from = layers.boxes().get(link.from());
        Rectangle to = layers.boxes().get(link.to());
        boolean of = link.to().equals(chosen) || link.from().equals(chosen);
        gc.setForeground(of ? Colours.chosen() : Colours.border());
        gc.setBackground(of ? Colours.chosen() : Colours.border());
        gc.setLineWidth(of ? 2 : 1);
        gc.setLineStyle(link.kind() == Kind.NEEDS ? SWT.LINE_SOLID : link.kind() == Kind.USES ? SWT.LINE_DASH : SWT.LINE_DOT);
        float x0 = from.x + from.width / 2f;
        float y0 = from.y + from.height;
        float x1 = to.x + to.width / 2f;
        float y1 = to.y - ARROW;
        float bend = Math.max(12, (y1 - y0) / 2);
        var path = new Path(gc.getDevice());
        path.moveTo(x0, y0);
        path.cubicTo(x0, y0 + bend, x1, y1 - bend, x1, y1);
        gc.drawPath(path);
        path.dispose();
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.fillPolygon(new int[] {(int) x1 - ARROW + 1, (int) y1, (int) x1 + ARROW - 1, (int) y1, (int) x1, to.y});
    }

    private void box(GC gc, Step step, Rectangle box) {
        StageState state = states.get(step.id());
        boolean wrong = !step.problem().isEmpty();
        boolean striped = state != null || wrong;
        gc.setBackground(wrong ? Colours.wrong() : state != null ? Colours.of(state.phase()) : Colours.box());
        gc.fillRoundRectangle(box.x, box.y, box.width, box.height, CORNER, CORNER);
        if (striped) {
            gc.setBackground(Colours.box());
            gc.fillRoundRectangle(box.x + STRIPE, box.y, box.width - STRIPE, box.height, CORNER / 2, CORNER / 2);
        }
        boolean front = step.id().equals(chosen);
        gc.setForeground(wrong ? Colours.wrong() : front ? Colours.chosen() : Colours.border());
        gc.setLineWidth(front ? canvas.isFocusControl() ? 3 : 2 : 1);
        gc.drawRoundRectangle(box.x, box.y, box.width, box.height, CORNER, CORNER);
        int wide = box.width - INDENT - CORNER;
        gc.setFont(bold);
        gc.setForeground(Colours.text());
        gc.drawString(shortened(gc, step.name(), wide), box.x + INDENT, box.y + 7, true);
        gc.setFont(JFaceResources.getDefaultFont());
        String second = wrong ? step.problem() : state != null ? state.text() : step.given().isEmpty() ? "defaults" : step.given();
        gc.setForeground(wrong ? Colours.wrong() : state != null ? Colours.of(state.phase()) : Colours.quiet());
        gc.drawString(shortened(gc, second, wide), box.x + INDENT, box.y + 7 + gc.getFontMetrics().getHeight() + 2, true);
    }

    private static String shortened(GC gc, String text, int width) {
        if (gc.stringExtent(text).x <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && gc.stringExtent(text.substring(0, end) + "…").x > width) {
            end--;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }
}
