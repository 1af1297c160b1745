package org.encore.report.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/**
 * One row for each model: size, quality on every split, speed with intervals, memory. Columns appear for what was found.
 *
 * @param header names of the columns, with units
 * @param rows text of the cells, in the experiment's order
 */
public record ResultTable(List<String> header, List<List<String>> rows) {

    private static final String NOTHING = "–";
    private static final int GAP = 3;

    public static ResultTable of(RunResults results) {
        var header = new ArrayList<>(List.of("model", "parameters"));
        Set<String> splits = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        results.scores().values().forEach(s -> s.splits().forEach((split, scores) -> {
            splits.add(split);
            metrics.addAll(scores.keySet());
        }));
        metrics.forEach(metric -> splits.forEach(split -> header.add(metric.toUpperCase(Locale.ROOT) + " " + shortName(split) + unit(results, metric))));
        results.benchmark().ifPresent(b -> header.addAll(List.of("first token ms [95 %]", "per token ms [95 %]", "peak MB", "weights MB")));
        var rows = new ArrayList<List<String>>();
        for (Event.Cell cell : results.cells()) {
            var row = new ArrayList<>(List.of(cell.id(), String.format(Locale.ROOT, "%,d", cell.parameters())));
            metrics.forEach(metric -> splits.forEach(split -> row.add(score(results.scores().get(cell.id()), split, metric))));
            results.benchmark().ifPresent(b -> speed(b.cells().get(cell.id()), row));
            rows.add(row);
        }
        return new ResultTable(header, rows);
    }

    private static String shortName(String split) {
        return split.equals("development") ? "dev" : split;
    }

    private static String unit(RunResults results, String metric) {
        return results.scores().values().stream().flatMap(s -> s.splits().values().stream()).filter(s -> s.containsKey(metric)).findFirst()
                .map(s -> " " + s.get(metric).unit()).orElse("");
    }

    private static String score(@org.jspecify.annotations.Nullable Scores scores, String split, String metric) {
        Scores.Score score = scores == null || !scores.splits().containsKey(split) ? null : scores.splits().get(split).get(metric);
        return score == null ? NOTHING : String.format(Locale.ROOT, "%.2f", score.value());
    }

    private static void speed(BenchmarkSummary.@org.jspecify.annotations.Nullable Cell cell, List<String> row) {
        if (cell == null) {
            row.addAll(List.of(NOTHING, NOTHING, NOTHING, NOTHING));
            return;
        }
        row.add(estimate(cell.firstTokenMillis()));
        row.add(estimate(cell.perTokenMillis()));
        row.add(Double.isNaN(cell.peakMegabytes()) ? NOTHING : String.format(Locale.ROOT, "%.0f", cell.peakMegabytes()));
        row.add(String.format(Locale.ROOT, "%.1f", cell.weightBytes() / 1e6));
    }

    private static String estimate(BenchmarkSummary.Estimate e) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", e.median(), e.low(), e.high());
    }

    /** The table and everything that must be said beside it, as plain text. */
    public static String text(RunResults results) {
        if (results.cells().isEmpty()) {
            return "this run has not begun: no model yet";
        }
        var text = new StringBuilder();
        ResultTable table = of(results);
        var widths = new int[table.header.size()];
        var all = new ArrayList<List<String>>(List.of(table.header));
        all.addAll(table.rows);
        all.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : all) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : " ".repeat(GAP) + padding + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append('\n');
        Statements.of(results).forEach(statement -> text.append(statement).append('\n'));
        return text.toString();
    }
}
