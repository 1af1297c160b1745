package org.encore.workbench.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.encore.workbench.pipeline.Pipeline.Link;
import org.encore.workbench.pipeline.Pipeline.Step;

/**
 * Where each stage is drawn: in layers from above, every stage below all that it waits for, and near them.
 *
 * @param boxes by id
 * @param size of the whole
 */
record Layers(Map<String, Rectangle> boxes, Point size) {

    static final int WIDTH = 168;
    static final int HEIGHT = 50;
    private static final int BESIDE = 18;
    private static final int BETWEEN = 30;
    private static final int MARGIN = 16;

    static Layers of(Pipeline pipeline) {
        var depth = new LinkedHashMap<String, Integer>();
        for (Step step : pipeline.steps()) {
            depth.put(step.id(), pipeline.into(step.id()).stream().mapToInt(link -> depth.get(link.from()) + 1).max().orElse(0));
        }
        var rows = new TreeMap<Integer, List<String>>();
        depth.forEach((id, row) -> rows.computeIfAbsent(row, r -> new ArrayList<>()).add(id));
        int widest = rows.values().stream().mapToInt(row -> row.size() * (WIDTH + BESIDE) - BESIDE).max().orElse(WIDTH);
        var boxes = new LinkedHashMap<String, Rectangle>();
        rows.forEach((number, row) -> {
            List<String> sorted = near(row, pipeline, boxes);
            int x = MARGIN + (widest - sorted.size() * (WIDTH + BESIDE) + BESIDE) / 2;
            for (String id : sorted) {
                boxes.put(id, new Rectangle(x, MARGIN + number * (HEIGHT + BETWEEN), WIDTH, HEIGHT));
                x += WIDTH + BESIDE;
            }
        });
        return new Layers(boxes, new Point(widest + 2 * MARGIN, 2 * MARGIN + Math.max(1, rows.size()) * (HEIGHT + BETWEEN) - BETWEEN));
    }

    /** A row in the order of what its stages read above; those that read the same stay in their order. */
    private static List<String> near(List<String> row, Pipeline pipeline, Map<String, Rectangle> above) {
        var middle = new HashMap<String, Double>();
        row.forEach(id -> middle.put(id, pipeline.into(id).stream().filter(Link::shown).mapToInt(link -> above.get(link.from()).x).average()
                .orElse(0)));
        return row.stream().sorted(java.util.Comparator.comparingDouble(middle::get)).toList();
    }
}
