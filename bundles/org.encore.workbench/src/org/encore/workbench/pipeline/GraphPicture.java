package org.encore.workbench.pipeline;

import java.util.Map;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Rectangle;
import org.encore.workbench.pipeline.Pipeline.Kind;
import org.encore.workbench.pipeline.Pipeline.Link;
import org.encore.workbench.pipeline.Pipeline.Step;
import org.encore.workbench.run.StageState;

/**
 * The graph as it is drawn, on the screen and on paper.
 *
 * @param states of stages of which something is known, by id
 * @param chosen id of the stage that stands out; empty if none does
 * @param focus whether keys go to it
 */
record GraphPicture(Pipeline pipeline, Layers layers, Map<String, StageState> states, String chosen, boolean focus, Colours colours) {

    private static final int CORNER = 10;
    private static final int STRIPE = 5;
    private static final int ARROW = 5;
    private static final int INDENT = 14;

    /** Draws it at the origin, {@link Layers#size} large. */
    void draw(GC gc) {
        gc.setAntialias(SWT.ON);
        gc.setTextAntialias(SWT.ON);
        pipeline.links().stream().filter(link -> link.shown() || link.to().equals(chosen)).forEach(link -> arrow(gc, link));
        pipeline.steps().forEach(step -> box(gc, step, layers.boxes().get(step.id())));
    }

    private void arrow(GC gc, Link link) {
        Rectangle from = layers.boxes().get(link.from());
        Rectangle to = layers.boxes().get(link.to());
        boolean of = link.to().equals(chosen) || link.from().equals(chosen);
        gc.setForeground(of ? colours.chosen() : colours.border());
        gc.setBackground(of ? colours.chosen() : colours.border());
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
        gc.setBackground(wrong ? colours.wrong() : state != null ? colours.of(state.phase()) : colours.box());
        gc.fillRoundRectangle(box.x, box.y, box.width, box.height, CORNER, CORNER);
        if (striped) {
            gc.setBackground(colours.box());
            gc.fillRoundRectangle(box.x + STRIPE, box.y, box.width - STRIPE, box.height, CORNER / 2, CORNER / 2);
        }
        boolean front = step.id().equals(chosen);
        gc.setForeground(wrong ? colours.wrong() : front ? colours.chosen() : colours.border());
        gc.setLineWidth(front ? focus ? 3 : 2 : 1);
        gc.drawRoundRectangle(box.x, box.y, box.width, box.height, CORNER, CORNER);
        int wide = box.width - INDENT - CORNER;
        gc.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        gc.setForeground(colours.text());
        gc.drawString(shortened(gc, step.name(), wide), box.x + INDENT, box.y + 7, true);
        gc.setFont(JFaceResources.getDefaultFont());
        String second = wrong ? step.problem() : state != null ? state.text() : step.given().isEmpty() ? "defaults" : step.given();
        gc.setForeground(wrong ? colours.wrong() : state != null ? colours.of(state.phase()) : colours.quiet());
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
