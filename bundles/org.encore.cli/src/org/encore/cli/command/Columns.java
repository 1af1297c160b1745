package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.List;

/** Rows of text in aligned columns; the last column is as wide as it likes. */
final class Columns {

    private static final int GAP = 2;

    private Columns() {}

    static void print(List<List<String>> rows, PrintWriter out) {
        int count = rows.getFirst().size();
        var widths = new int[count];
        for (List<String> row : rows) {
            for (int i = 0; i < count - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < count; i++) {
                line.append(row.get(i));
                if (i < count - 1) {
                    line.append(" ".repeat(widths[i] - row.get(i).length() + GAP));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
