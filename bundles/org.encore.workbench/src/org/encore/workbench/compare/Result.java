package org.encore.workbench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.experiment.result.RunResults;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Row;

/**
 * A variant of a run, in the table of everything that was found.
 *
 * @param run folder of its run
 * @param variant name, with its place on other axes
 * @param values column to number: means over seeds of scores, medians of times
 * @param status of its run
 */
record Result(Path run, String variant, Map<String, Double> values, String status) {

    private static final String SEEDS = "seeds";
    private static final String PARAMETERS = "parameters";
    private static final String FIRST_TOKEN = "first token, ms";
    private static final String PER_TOKEN = "per token, ms";
    private static final String MEMORY = "peak, MB";
    private static final double BILLION = 1e9;

    Result {
        values = new LinkedHashMap<>(values);
    }

    /** Those of a run, in its order. */
    static List<Result> of(RunResults run) {
        var results = new ArrayList<Result>();
        for (Row row : Row.of(run)) {
            var values = new LinkedHashMap<String, Double>();
            values.put(SEEDS, (double) row.cells().size());
            values.put(PARAMETERS, (double) row.parameters());
            row.cells().stream().flatMap(cell -> run.scores().containsKey(cell.id()) ? run.scores().get(cell.id()).splits().entrySet().stream()
                    : null)
                    .forEach(split -> split.getValue().keySet().forEach(metric -> values.computeIfAbsent(ResultTable.title(metric) + " "
                            + Names.shown(split.getKey()), column -> row.scores(run, split.getKey(), metric).stream().mapToDouble(s -> s.value())
                                    .average().orElse(Double.NaN))));
            row.cells().stream().map(cell -> run.speed(cell.id())).flatMap(java.util.Optional::stream).findFirst().ifPresent(speed -> {
                values.put(FIRST_TOKEN, speed.firstTokenMillis().median());
                values.put(PER_TOKEN, speed.perTokenMillis().median());
                values.put(MEMORY, speed.peakMegabytes());
            });
            results.add(new Result(run.folder().path(), row.name(), values, run.status()));
        }
        return results;
    }

    String runName() {
        return run.getFileName().toString();
    }

    /** A number as it is shown; empty if there is none. */
    String text(String column) {
        Double value = values.get(column);
        if (value == null || !Double.isFinite(value)) {
            return "";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < BILLION * BILLION && (column.equals(SEEDS) || column.equals(PARAMETERS));
        return String.format(Locale.ROOT, whole ? "%,.0f" : column.endsWith("ms") ? "%.3f" : "%.2f", value);
    }

    boolean holds(String word) {
        return (runName() + " " + variant + " " + status).toLowerCase(Locale.ROOT).contains(word.strip().toLowerCase(Locale.ROOT));
    }
}
