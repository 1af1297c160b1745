package org.encore.experiment.result;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180). What was not found, or has no bound, is an empty field. */
public final class Csv {

    private Csv() {}

    /** One line, without its end. */
    public static String line(List<?> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(","));
    }

    /** A whole file. */
    public static String text(List<? extends List<?>> lines) {
        return lines.stream().map(line -> line(line) + "\n").collect(Collectors.joining());
    }

    private static String field(@Nullable Object value) {
        String text = value == null || value instanceof Double number && !Double.isFinite(number) ? "" : value.toString();
        return text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
