package org.encore.workbench.model;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.encore.api.inference.AttentionMap;
import org.encore.experiment.export.Attended;
import org.encore.report.chart.AttentionChart;
import org.encore.report.chart.Figure;
import org.encore.workbench.chart.ChartCanvas;
import org.encore.workbench.part.Later;
import org.jspecify.annotations.Nullable;

/** One attention as a map, and below it the number of the cell that the mouse or the arrows point at. */
public final class AttentionPicture extends Composite {

    private static final String HOW = "Point at a cell, or choose one with the arrows, to read its number. The wheel, + and - zoom; Home shows all.";

    /** What is shown. */
    private record Shown(Wanted of, double[][] weights, Figure figure) {}

    private final Job job = Job.createSystem("Making a map", (ICoreRunnable) monitor -> make());
    private final ChartCanvas canvas;
    private final Label cell;
    private volatile @Nullable Wanted wanted;
    private @Nullable Shown shown;
    private int row;
    private int column;

    private record Wanted(Attended attended, AttentionMap map, int head) {}

    AttentionPicture(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(this);
        canvas = new ChartCanvas(this);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(canvas);
        cell = new Label(this, SWT.NONE);
        cell.setText(HOW);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(cell);
        canvas.pointing(new ChartCanvas.Pointing() {
            @Override
            public void at(double across, double up) {
                choose((int) Math.round(up), (int) Math.round(across));
            }

            @Override
            public void beside(int right, int down) {
                choose(row + down, column + right);
            }
        });
        addListener(SWT.Dispose, event -> job.cancel());
    }

    /** Shows an attention. @param head from 0; -1 for the mean over all */
    void show(Attended attended, AttentionMap map, int head) {
        wanted = new Wanted(attended, map, head);
        job.schedule();
    }

    void clear() {
        wanted = null;
        shown = null;
    }

    private void make() {
        Wanted now = wanted;
        if (now == null) {
            return;
        }
        AttentionMap map = now.map();
        var weights = new double[map.queries().size()][map.keyCount()];
        for (int query = 0; query < weights.length; query++) {
            for (int key = 0; key < weights[query].length; key++) {
                weights[query][key] = now.head() < 0 ? map.mean(query, key) : map.weight(now.head(), query, key);
            }
        }
        Figure figure = AttentionChart.of("attention-" + map.path().replace('.', '-').toLowerCase(Locale.ROOT), map.path() + ", " + name(map, now.head()),
                now.attended().queries(map), now.attended().keys(map), weights);
        Later.on(this, () -> {
            if (now == wanted) {
                shown = new Shown(now, weights, figure);
                row = 0;
                column = 0;
                canvas.show(figure.chart(), figure.words());
                cell.setText(HOW);
            }
        });
    }

    /** Of a head in words. @param head from 0; -1 for the mean over all */
    static String name(AttentionMap map, int head) {
        return head >= 0 ? "head " + (head + 1) : map.heads() == 1 ? "its one head" : "mean of " + map.heads() + " heads";
    }

    private void choose(int atRow, int atColumn) {
        Shown now = shown;
        if (now == null) {
            return;
        }
        row = Math.clamp(atRow, 0, now.weights().length - 1);
        column = Math.clamp(atColumn, 0, now.weights()[row].length - 1);
        List<String> queries = now.of().attended().queries(now.of().map());
        List<String> keys = now.of().attended().keys(now.of().map());
        cell.setText(String.format(Locale.ROOT, "%s: %.3f of its attention goes to %s (row %d, column %d; %s)", queries.get(row).replace("&", "&&"),
                now.weights()[row][column], keys.get(column).replace("&", "&&"), row + 1, column + 1, now.figure().title()));
        canvas.mark(new Rectangle2D.Double(column - 0.5, row - 0.5, 1, 1));
    }

    @Override
    public boolean setFocus() {
        return canvas.setFocus();
    }

    /** What the map is drawn on. */
    public ChartCanvas canvas() {
        return canvas;
    }

    /** The map with its numbers; null if there is none. */
    public @Nullable Figure figure() {
        Shown now = shown;
        return now == null ? null : now.figure();
    }

    /** What is said of the cell that is pointed at. */
    public String cell() {
        return cell.getText();
    }
}
