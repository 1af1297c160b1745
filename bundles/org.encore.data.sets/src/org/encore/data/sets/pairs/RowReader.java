package org.encore.data.sets.pairs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.data.sets.Lines;

/** Reads the rows of a file, whatever its format. */
interface RowReader {

    int BETWEEN_LOOKS = 4096;

    /** Lines that are not rows but stand before them. */
    int header();

    /** The row of a line. @throws IllegalArgumentException with what was expected and what was found */
    Row row(String line);

    /**
     * All rows of a file.
     *
     * @throws Unavailable if there is no such file
     * @throws IllegalArgumentException with the lines that cannot be used
     */
    static List<Row> read(Path file, TextPairs.Options options, Monitor monitor) {
        if (!Files.isRegularFile(file)) {
            throw new Unavailable("there is no file " + file,
                    "Put the pairs there, or correct the path; a relative one begins at the experiment file.");
        }
        List<String> lines = Lines.of(file);
        var malformed = new Malformed();
        var rows = new ArrayList<Row>();
        RowReader reader = options.format().reader(file, lines, options);
        for (int i = reader.header(); i < lines.size(); i++) {
            if (i % BETWEEN_LOOKS == 0) {
                if (monitor.cancelled()) {
                    throw new CancellationException("stopped while reading " + file);
                }
                monitor.progress(i, lines.size(), "lines");
            }
            try {
                rows.add(checked(reader.row(lines.get(i))));
            } catch (IllegalArgumentException e) {
                malformed.add(file + ":" + (i + 1), String.valueOf(e.getMessage()));
            }
        }
        malformed.throwIfAny();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + ": there are no pairs in this file");
        }
        return rows;
    }

    private static Row checked(Row row) {
        if (row.source().isBlank()) {
            throw new IllegalArgumentException("expected a source, but it is empty");
        }
        if (row.targets().isEmpty()) {
            throw new IllegalArgumentException("expected a target, but the list is empty");
        }
        return row;
    }
}
