package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.List;

/** Rows whose last column is a text of any length: it goes on below itself. */
final class Wrapped {

    private static final int WIDTH = 130;
    private static final int GAP = 2;
    private static final String MARGIN = "  ";

    private Wrapped() {}

    /** @param rows of equally many fields */
    static void print(List<List<String>> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        int last = rows.getFirst().size() - 1;
        var widths = new int[last];
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length() + GAP);
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder(MARGIN);
            for (int i = 0; i < last; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
            }
            int indent = line.length();
            for (String word : row.get(last).split(" ")) {
                if (line.length() + word.length() > WIDTH && line.length() > indent) {
                    out.println(line.toString().stripTrailing());
                    line = new StringBuilder(" ".repeat(indent));
                }
                line.append(word).append(' ');
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
