package org.encore.report.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.jspecify.annotations.Nullable;

/**
 * One row for each model: size, quality on every split, speed with intervals, memory. Columns appear for what was found, so a metric of a
 * plug-in has its column like the built-in ones.
 *
 * @param header names of the columns, with units
 * @param rows text of the cells, in the experiment's order
 */
public record ResultTable(List<String> header, List<List<String>> rows) {

    /** Stands where nothing was found. */
    static final String NOTHING = "–";
    private static final int GAP = 3;
    private static final double MEGA = 1e6;

    /** A column of scores. */
    private record Quality(String metric, String split) {
        Optional<Scores.Score> of(RunResults results, Event.Cell cell) {
            return score(results, cell.id(), split, metric);
        }
    }

    public static ResultTable of(RunResults results) {
        var names = Names.of(results.cells());
        var header = new ArrayList<>(List.of("model", "parameters"));
        Set<String> splits = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        results.scores().values().forEach(s -> s.splits().forEach((split, scores) -> {
            splits.add(split);
            metrics.addAll(scores.keySet());
        }));
        List<Quality> qualities = metrics.stream().flatMap(metric -> splits.stream().map(split -> new Quality(metric, split)))
                .filter(quality -> results.cells().stream().anyMatch(cell -> quality.of(results, cell).isPresent())).toList();
        qualities.forEach(quality -> header.add(title(quality.metric()) + " " + shortName(quality.split()) + unit(results, quality.metric())));
        if (!results.benchmarks().isEmpty()) {
            header.addAll(List.of("first token ms [95 %]", "per token ms [95 %]", "peak MB", "weights MB"));
        }
        var rows = new ArrayList<List<String>>();
        for (Event.Cell cell : results.cells()) {
            var row = new ArrayList<>(List.of(names.of(cell.id()), String.format(Locale.ROOT, "%,d", cell.parameters())));
            qualities.forEach(quality -> row.add(quality.of(results, cell).map(score -> String.format(Locale.ROOT, "%.2f", score.value()))
                    .orElse(NOTHING)));
            if (!results.benchmarks().isEmpty()) {
                row.addAll(speed(results.speed(cell.id()).orElse(null)));
            }
            rows.add(row);
        }
        return new ResultTable(header, rows);
    }

    /** A metric's id as a heading: short ones are abbreviations. */
    public static String title(String metric) {
        return Names.shown(metric.toUpperCase(Locale.ROOT));
    }

    private static String shortName(String split) {
        return split.equals("development") ? "dev" : Names.shown(split);
    }

    private static String unit(RunResults results, String metric) {
        return results.scores().values().stream().flatMap(s -> s.splits().values().stream()).filter(s -> s.containsKey(metric)).findFirst()
                .map(s -> " " + Names.shown(s.get(metric).unit())).orElse("").stripTrailing();
    }

    /** A score, if it was found. */
    public static Optional<Scores.Score> score(RunResults results, String cell, String split, String metric) {
        return Optional.ofNullable(results.scores().get(cell)).map(scores -> scores.splits().get(split)).map(scores -> scores.get(metric));
    }

    private static List<String> speed(BenchmarkSummary.@Nullable Cell cell) {
        if (cell == null) {
            return List.of(NOTHING, NOTHING, NOTHING, NOTHING);
        }
        return List.of(Intervals.of(cell.firstTokenMillis(), 3), Intervals.of(cell.perTokenMillis(), 3),
                Double.isFinite(cell.peakMegabytes()) ? String.format(Locale.ROOT, "%.0f", cell.peakMegabytes()) : NOTHING,
                String.format(Locale.ROOT, "%.1f", cell.weightBytes() / MEGA));
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
        Statements.unfinished(results).ifPresent(statement -> text.append(statement).append('\n'));
        return text.toString();
    }
}
