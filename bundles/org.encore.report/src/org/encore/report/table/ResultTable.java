package org.encore.report.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.encore.api.Counted;
import org.encore.compare.Comparison;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.jspecify.annotations.Nullable;

/**
 * One row for each variant at each place of the other axes: size, quality on every split, speed with intervals, memory. Columns appear for what
 * was found, so a metric of a plug-in has its column like the built-in ones.
 *
 * @param columns what stands below each other
 * @param of the row of each line
 * @param rows text of the cells, in the experiment's order
 */
public record ResultTable(List<Column> columns, List<Row> of, List<List<String>> rows) {

    /** What a column holds. */
    public enum Kind { NAME, COUNT, SCORE, FIRST_TOKEN, PER_TOKEN, MEMORY }

    /**
     * A column.
     *
     * @param title with its unit
     * @param metric id of a score; empty for others
     * @param split of a score; empty for others
     */
    public record Column(String title, Kind kind, String metric, String split) {

        private static Column of(String title, Kind kind) {
            return new Column(title, kind, "", "");
        }
    }

    /** Stands where nothing was found. */
    static final String NOTHING = "–";
    private static final double MEGA = 1e6;

    /** Of a run. @param comparison empty before the run has come to that: then scores have no intervals */
    public static ResultTable of(RunResults results, Optional<Comparison> comparison) {
        var means = new Means(results, comparison);
        List<Row> rows = Row.of(results);
        boolean seeds = rows.stream().anyMatch(row -> row.cells().size() > 1);
        var columns = new ArrayList<>(List.of(Column.of("model", Kind.NAME)));
        if (seeds) {
            columns.add(Column.of("seeds", Kind.COUNT));
        }
        columns.add(Column.of("parameters", Kind.COUNT));
        List<Column> qualities = qualities(results, rows, means);
        columns.addAll(qualities);
        if (!results.benchmarks().isEmpty()) {
            columns.addAll(List.of(Column.of("first token ms [95 %]", Kind.FIRST_TOKEN), Column.of("per token ms [95 %]", Kind.PER_TOKEN),
                    Column.of("peak MB", Kind.MEMORY), Column.of("weights MB", Kind.MEMORY)));
        }
        var texts = new ArrayList<List<String>>();
        for (Row row : rows) {
            var text = new ArrayList<>(List.of(row.name()));
            if (seeds) {
                text.add(Integer.toString(row.cells().size()));
            }
            text.add(String.format(Locale.ROOT, "%,d", row.parameters()));
            qualities.forEach(quality -> text.add(means.of(row, quality.split(), quality.metric()).map(Mean::text).orElse(NOTHING)));
            if (!results.benchmarks().isEmpty()) {
                text.addAll(speed(row.cells().stream().map(cell -> results.speed(cell.id())).flatMap(Optional::stream).findFirst().orElse(null)));
            }
            texts.add(text);
        }
        return new ResultTable(columns, rows, texts);
    }

    /** Names of the columns. */
    public List<String> header() {
        return columns.stream().map(Column::title).toList();
    }

    private static List<Column> qualities(RunResults results, List<Row> rows, Means means) {
        Set<String> splits = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        results.scores().values().forEach(s -> s.splits().forEach((split, scores) -> {
            splits.add(split);
            metrics.addAll(scores.keySet());
        }));
        return metrics.stream().flatMap(metric -> splits.stream()
                .map(split -> new Column(title(metric) + " " + shortName(split) + unit(results, metric)
                        + (means.bounded(rows, split, metric) ? " [95 %]" : ""), Kind.SCORE, metric, split)))
                .filter(quality -> results.cells().stream().anyMatch(cell -> Row.score(results, cell.id(), quality.split(), quality.metric())
                        .isPresent())).toList();
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
        String more = rows.size() > most ? String.format(Locale.ROOT, "… and %s; all rows are in report/results.csv%n",
                Counted.of(rows.size() - most, "more row")) : "";
        return AlignedText.of(header(), rows.subList(0, Math.min(most, rows.size()))) + more;
    }
}
