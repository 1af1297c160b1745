package org.encore.data.sets.pairs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.option.Nearest;

/**
 * Columns with tabs between; there is no quoting. Columns are numbered from 1, or named by the first line.
 *
 * @param source index of its column
 * @param target index of its column
 */
record TabbedReader(int source, int target, int header) implements RowReader {

    static TabbedReader of(Path file, List<String> lines, TextPairs.Options options) {
        boolean named = options.header() || !number(options.source()) || !number(options.target());
        List<String> names = named && !lines.isEmpty() ? List.of(lines.getFirst().split("\t", -1)) : List.of();
        int source = column(file, "source", options.source(), 1, names);
        return new TabbedReader(source, column(file, "target", options.target(), 2, names), named ? 1 : 0);
    }

    private static boolean number(Optional<String> column) {
        return column.isEmpty() || column.get().matches("[1-9][0-9]{0,5}");
    }

    private static int column(Path file, String option, Optional<String> column, int standard, List<String> names) {
        if (column.isPresent() && names.contains(column.get())) {
            return names.indexOf(column.get());
        }
        if (number(column)) {
            return column.map(Integer::parseInt).orElse(names.contains(option) ? names.indexOf(option) + 1 : standard) - 1;
        }
        throw new IllegalArgumentException(file + ":1: no column '" + column.get() + "' for option '" + option + "'. "
                + Nearest.suggestion(column.get(), names));
    }

    @Override
    public Row row(String line) {
        String[] columns = line.split("\t", -1);
        int needed = Math.max(source, target) + 1;
        if (columns.length < needed) {
            throw new IllegalArgumentException("expected " + needed + " columns with tabs between, found " + columns.length + ": "
                    + Malformed.quoted(line));
        }
        return new Row(columns[source], List.of(columns[target]));
    }
}
