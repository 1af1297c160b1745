package org.encore.report.table;

import java.util.ArrayList;
import java.util.List;

/** A table as plain text: the first column to the left, numbers to the right. */
final class AlignedText {

    private static final int GAP = 3;

    private AlignedText() {}

    static String of(List<String> header, List<List<String>> rows) {
        var text = new StringBuilder();
        var widths = new int[header.size()];
        var all = new ArrayList<List<String>>(List.of(header));
        all.addAll(rows);
        all.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : all) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : " ".repeat(GAP) + padding + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
