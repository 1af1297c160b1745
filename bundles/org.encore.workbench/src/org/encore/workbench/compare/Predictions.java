package org.encore.workbench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.encore.experiment.result.RunResults;
import org.encore.report.table.Row;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/** What models wrote for the examples of a split, read from {@code predictions.jsonl}; the first seed of a variant stands for it. */
final class Predictions {

    private static final String FILE = "predictions.jsonl";
    private static final String DEVELOPMENT = "development";
    /** More differences than that are not read. */
    static final int MOST = 2000;

    private Predictions() {}

    /** A line of the file. */
    private record Line(String split, String source, String output, List<String> references) {}

    /**
     * An example on which two models differ.
     *
     * @param source of it
     * @param reference the first of those that are right
     * @param first what the one wrote
     * @param second what the other wrote
     * @param firstRight whether that is one of the references
     * @param secondRight likewise
     */
    record Difference(String source, String reference, String first, String second, boolean firstRight, boolean secondRight) {

        /** In a word. */
        String better() {
            return firstRight == secondRight ? firstRight ? "both right" : "both wrong" : firstRight ? "the first is right" : "the second is right";
        }
    }

    /** Examples that were not for development, on which two variants wrote different things; the first few thousand. */
    static List<Difference> differences(RunResults run, String variant, RunResults otherRun, String otherVariant) throws IOException {
        List<Line> first = read(run, variant);
        List<Line> second = read(otherRun, otherVariant);
        var differences = new ArrayList<Difference>();
        for (int i = 0; i < Math.min(first.size(), second.size()) && differences.size() < MOST; i++) {
            Line one = first.get(i);
            Line other = second.get(i);
            if (one.source().equals(other.source()) && one.split().equals(other.split()) && !one.output().equals(other.output())) {
                differences.add(new Difference(one.source(), one.references().isEmpty() ? "" : one.references().getFirst(), one.output(),
                        other.output(),
                        one.references().contains(one.output()), other.references().contains(other.output())));
            }
        }
        return differences;
    }

    private static List<Line> read(RunResults run, String variant) throws IOException {
        var gson = new Gson();
        var lines = new ArrayList<Line>();
        for (Row row : Row.of(run)) {
            Path file = run.folder().result(row.cells().getFirst().id(), "evaluate").resolve(FILE);
            if (row.name().equals(variant) && Files.exists(file)) {
                try (Stream<String> text = Files.lines(file)) {
                    text.map(line -> gson.fromJson(line, Line.class)).filter(line -> !line.split().equals(DEVELOPMENT)).forEach(lines::add);
                } catch (JsonParseException e) {
                    throw new IOException(file + " is damaged: " + e.getMessage(), e);
                }
            }
        }
        return lines;
    }
}
