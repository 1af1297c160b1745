package org.encore.experiment.result;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.experiment.run.WholeFile;

/** What each output contributed to each metric: {@code statistics-<split>.csv}, one line for each example, columns {@code metric.0, metric.1 …}. */
public final class Statistics {

    private Statistics() {}

    /** Sums of the columns. */
    public static double[] sums(double[][] rows) {
        var sums = new double[rows.length == 0 ? 0 : rows[0].length];
        for (double[] row : rows) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += row[k];
            }
        }
        return sums;
    }

    /** Writes a split. @param statistics metric to examples to contributions */
    public static void write(Path folder, String split, Map<String, double[][]> statistics) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file(folder, split))) {
            var header = new StringBuilder();
            statistics.forEach((metric, rows) -> {
                for (int k = 0; rows.length > 0 && k < rows[0].length; k++) {
                    header.append(header.isEmpty() ? "" : ",").append(metric).append('.').append(k);
                }
            });
            out.write(header + "\n");
            int examples = statistics.values().stream().mapToInt(rows -> rows.length).max().orElse(0);
            for (int i = 0; i < examples; i++) {
                var line = new StringBuilder();
                for (double[][] rows : statistics.values()) {
                    for (double value : rows[i]) {
                        line.append(line.isEmpty() ? "" : ",").append(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
                    }
                }
                out.write(line + "\n");
            }
        }
    }

    /**
     * Reads a split: metric to examples to contributions.
     *
     * @throws IOException if the file is not there or damaged
     */
    public static Map<String, double[][]> read(Path folder, String split) throws IOException {
        Path file = file(folder, split);
        List<String> lines = WholeFile.lines(file);
        String[] header = lines.isEmpty() || lines.getFirst().isEmpty() ? new String[0] : lines.getFirst().split(",");
        var columns = new LinkedHashMap<String, Integer>();
        for (String column : header) {
            if (column.lastIndexOf('.') < 0) {
                throw WholeFile.damaged(file, "column '" + column + "' is not of the form metric.number");
            }
            columns.merge(column.substring(0, column.lastIndexOf('.')), 1, Integer::sum);
        }
        var read = new LinkedHashMap<String, double[][]>();
        columns.keySet().forEach(metric -> read.put(metric, new double[lines.size() - 1][]));
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",");
            if (fields.length != header.length) {
                throw WholeFile.damaged(file, "line " + (i + 1) + " has " + fields.length + " fields instead of " + header.length);
            }
            int field = 0;
            for (Map.Entry<String, Integer> metric : columns.entrySet()) {
                var row = new double[metric.getValue()];
                for (int k = 0; k < row.length; k++) {
                    row[k] = number(file, i + 1, fields[field++]);
                }
                read.get(metric.getKey())[i - 1] = row;
            }
        }
        return read;
    }

    private static double number(Path file, int line, String field) throws IOException {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException e) {
            throw WholeFile.damaged(file, "line " + line + ": '" + field + "' is no number");
        }
    }

    private static Path file(Path folder, String split) {
        return folder.resolve("statistics-" + split + ".csv");
    }
}
