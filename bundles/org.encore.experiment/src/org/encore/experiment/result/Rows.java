package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.experiment.run.WholeFile;

/** Reads comma-separated values whose first line names the columns. */
final class Rows {

    private Rows() {}

    /** Makes something of the fields of a line. */
    interface Row<T> {
        /** @throws IllegalArgumentException if a field is not what it should be; also too few fields may be found out by using them */
        T of(String[] fields);
    }

    /**
     * What the lines after the first hold; nothing if there is no such file.
     *
     * @throws IOException if a line is damaged; the message names it
     */
    static <T> List<T> read(Path file, String header, Row<T> row) throws IOException {
        var read = new ArrayList<T>();
        if (!Files.exists(file)) {
            return read;
        }
        List<String> lines = WholeFile.lines(file);
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            try {
                read.add(row.of(fields));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                String shown = lines.get(i).length() > 80 ? lines.get(i).substring(0, 80) + "…" : lines.get(i);
                throw WholeFile.damaged(file, "line " + (i + 1) + ", '" + shown + "', is not " + header);
            }
        }
        return read;
    }
}
