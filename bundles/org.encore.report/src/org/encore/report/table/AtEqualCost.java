package org.encore.report.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.result.CurveFiles;
import org.encore.experiment.result.CurveFiles.Labels;
import org.encore.experiment.result.RunResults;

/**
 * How well trainings of different objectives know the labels at equal steps, and at equal seconds of training: read off the looks that each took on its
 * way, at the time that the quickest of them took in all. Nothing is stopped by a clock.
 *
 * @param row whose models
 * @param seeds that have such looks
 * @param seconds of the whole training, mean over seeds
 * @param equalSteps loss of the labels at the end, nats, mean over seeds
 * @param equalTime loss of the labels after as many seconds as the quickest training of the same place and seed took; mean over seeds
 * @param time those seconds, mean over seeds
 */
public record AtEqualCost(Row row, int seeds, double seconds, double equalSteps, double equalTime, double time) {

    /** Of rows at one place of the other axes; those without looks are left out. */
    public static List<AtEqualCost> of(RunResults results, List<Row> rows) {
        var found = new ArrayList<AtEqualCost>();
        for (Row row : rows) {
            List<Event.Cell> cells = row.cells().stream().filter(cell -> !labels(results, cell).isEmpty()).toList();
            if (!cells.isEmpty()) {
                double[] seconds = cells.stream().mapToDouble(cell -> labels(results, cell).getLast().seconds()).toArray();
                double[] last = cells.stream().mapToDouble(cell -> labels(results, cell).getLast().loss()).toArray();
                double[] times = cells.stream().mapToDouble(cell -> quickest(results, rows, cell.seed())).toArray();
                var at = new double[times.length];
                java.util.Arrays.setAll(at, i -> at(labels(results, cells.get(i)), times[i]));
                found.add(new AtEqualCost(row, cells.size(), mean(seconds), mean(last), mean(at), mean(times)));
            }
        }
        return found;
    }

    private static double quickest(RunResults results, List<Row> rows, long seed) {
        return rows.stream().flatMap(row -> row.cells().stream()).filter(cell -> cell.seed() == seed).map(cell -> labels(results, cell))
                .filter(labels -> !labels.isEmpty()).mapToDouble(labels -> labels.getLast().seconds()).min().orElse(Double.NaN);
    }

    /** Between two looks, as if the loss fell evenly; before the first, that of the first. */
    static double at(List<Labels> looks, double seconds) {
        Labels before = looks.getFirst();
        for (Labels look : looks) {
            if (look.seconds() >= seconds) {
                double span = look.seconds() - before.seconds();
                return span <= 0 ? look.loss() : before.loss() + (look.loss() - before.loss()) * (seconds - before.seconds()) / span;
            }
            before = look;
        }
        return before.loss();
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static List<Labels> labels(RunResults results, Event.Cell cell) {
        try {
            return CurveFiles.labels(results.folder().result(cell.id(), "train"));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
