package org.encore.report.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.encore.bench.statistics.Interval;
import org.encore.bench.statistics.StudentMean;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.jspecify.annotations.Nullable;

/**
 * One row for each variant at each place of the other axes: size, quality on every split, speed with intervals, memory. Columns appear for what was found, so a
 * metric of a plug-in has its column like the built-in ones.
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
    private record Quality(String metric, String split) {}

    public static ResultTable of(RunResults results) {
        List<Row> rows = Row.of(results);
        boolean seeds = rows.stream().anyMatch(row -> row.cells().size() > 1);
        var header = new ArrayList<>(List.of("model"));
        if (seeds) {
            header.add("seeds");
        }
        header.add("parameters");
        List<Quality> qualities = qualities(results);
        qualities.forEach(quality -> header.add(title(quality.metric()) + " " + shortName(quality.split()) + unit(results, quality.metric())));
        if (!results.benchmarks().isEmpty()) {
            header.addAll(List.of("first token ms [95 %]", "per token ms [95 %]", "peak MB", "weights MB"));
        }
        var texts = new ArrayList<List<String>>();
        for (Row row : rows) {
            var text = new ArrayList<>(List.of(row.name()));
            if (seeds) {
                text.add(Integer.toString(row.cells().size()));
            }
            text.add(String.format(Locale.ROOT, "%,d", row.parameters()));
            qualities.forEach(quality -> text.add(score(row.scores(results, quality.split(), quality.metric()))));
            if (!results.benchmarks().isEmpty()) {
                text.addAll(speed(row.cells().stream().map(cell -> results.speed(cell.id())).flatMap(Optional::stream).findFirst().orElse(null)));
            }
            texts.add(text);
        }
        return new ResultTable(header, texts);
    }

    private static List<Quality> qualities(RunResults results) {
        Set<String> splits = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        results.scores().values().forEach(s -> s.splits().forEach((split, scores) -> {
            splits.add(split);
            metrics.addAll(scores.keySet());
        }));
        return metrics.stream().flatMap(metric -> splits.stream().map(split -> new Quality(metric, split)))
                .filter(quality -> results.cells().stream().anyMatch(cell -> Row.score(results, cell.id(), quality.split(), quality.metric()).isPresent())).toList();
    }

    /** A score; of several seeds the mean and half of its 95 % interval. */
    private static String score(List<Scores.Score> scores) {
        if (scores.isEmpty()) {
            return NOTHING;
        }
        StudentMean mean = StudentMean.of(scores.stream().mapToDouble(Scores.Score::value).toArray());
        Interval interval = mean.estimate().interval();
        return String.format(Locale.ROOT, "%.2f", mean.value()) + (interval.bounded() ? String.format(Locale.ROOT, " ± %.2f", interval.high() - mean.value()) : "");
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

    private static List<String> speed(BenchmarkSummary.@Nullable Cell cell) {
        if (cell == null) {
            return List.of(NOTHING, NOTHING, NOTHING, NOTHING);
        }
        return List.of(Intervals.of(cell.firstTokenMillis(), 3), Intervals.of(cell.perTokenMillis(), 3),
                Double.isFinite(cell.peakMegabytes()) ? String.format(Locale.ROOT, "%.0f", cell.peakMegabytes()) : NOTHING,
                String.format(Locale.ROOT, "%.1f", cell.weightBytes() / MEGA));
    }

    /** The table as plain text of aligned columns. @param most rows at most; what is left out is counted */
    public String text(int most) {
        var text = new StringBuilder();
        var widths = new int[header.size()];
        var all = new ArrayList<List<String>>(List.of(header));
        all.addAll(rows.subList(0, Math.min(most, rows.size())));
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
        if (rows.size() > most) {
            text.append(String.format(Locale.ROOT, "… and %,d more rows; all of them are in report/results.csv%n", rows.size() - most));
        }
        return text.toString();
    }

    /** Whether a mean over seeds stands in it. */
    static boolean hasMeans(RunResults results) {
        return Row.of(results).stream().anyMatch(row -> row.cells().size() > 1) && !results.scores().isEmpty();
    }
}
