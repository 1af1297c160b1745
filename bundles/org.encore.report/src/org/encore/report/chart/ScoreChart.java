package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Row;

/** Scores as they are found: a row for each variant, a ring for each seed, and their mean. Which differences are real is said by a comparison. */
public final class ScoreChart {

    private static final double MARGIN = 0.08;
    private static final double HALF = 0.2;

    private ScoreChart() {}

    /**
     * The figure of one place.
     *
     * @param scores of any cells; those of another split or metric are left out
     * @param split whose scores are shown
     * @param metric id
     */
    public static Figure of(Place place, Names names, List<Event.Scored> scores, String split, String metric) {
        List<Event.Scored> shown = scores.stream().filter(score -> score.split().equals(split) && score.metric().equals(metric)
                && Double.isFinite(score.value())).toList();
        List<Row> rows = place.rows().stream().filter(row -> row.cells().stream().anyMatch(cell -> shown.stream().anyMatch(s -> s.cell().equals(cell.id()))))
                .toList();
        double low = values(rows, shown).stream().mapToDouble(x -> x).min().orElse(0);
        double high = values(rows, shown).stream().mapToDouble(x -> x).max().orElse(1);
        double margin = Math.max(MARGIN * (high - low), 1e-3 * Math.max(1, Math.abs(high)));
        String unit = shown.isEmpty() || shown.getFirst().unit().isEmpty() ? "" : ", " + Names.shown(shown.getFirst().unit());
        String quality = ResultTable.title(metric) + " on " + Names.shown(split);
        var plot = new RowPlot(rows.stream().map(Row::name).toList(), quality + unit, low - margin, high + 2 * margin);
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "split", "metric", "score", "unit", "examples")));
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            var colour = Palette.variant(names.variant(row.cells().getFirst().id()));
            List<Double> found = values(List.of(row), shown);
            double mean = found.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
            for (double value : found) {
                plot.dot(i, value, colour, found.size() == 1);
            }
            if (found.size() > 1) {
                plot.tick(i, mean, HALF, 3, colour);
            }
            plot.note(i, high + margin * 0.6, String.format(Locale.ROOT, "%.2f", mean));
        }
        shown.forEach(score -> table.add(List.of(names.of(score.cell()), score.split(), score.metric(), score.value(), score.unit(), score.examples())));
        String words = quality + ". " + rows.stream().map(row -> String.format(Locale.ROOT, "%s: %.2f", row.name(), values(List.of(row), shown).stream()
                .mapToDouble(x -> x).average().orElse(Double.NaN))).collect(Collectors.joining("; "));
        return new Figure("scores" + place.suffix(), quality, "Rings are seeds, the line is their mean.", words, plot.chart(List.of()),
                RowPlot.height(rows.size()), List.of(), table);
    }

    private static List<Double> values(List<Row> rows, List<Event.Scored> scores) {
        return rows.stream().flatMap(row -> row.cells().stream()).flatMap(cell -> scores.stream().filter(score -> score.cell().equals(cell.id())))
                .map(Event.Scored::value).toList();
    }
}
