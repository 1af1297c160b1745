package org.encore.reference;

import java.util.Arrays;
import java.util.Map;

import org.encore.graph.Model;
import org.encore.graph.Names;

/** Rows of token ids as inputs of programs: filled up to the longest, with their lengths beside them. */
final class WholeRows {

    private WholeRows() {}

    /** What a train program reads. @param targets without the start token, which is put before them */
    static Map<String, Value> inputs(Model model, int[][] sources, int[][] targets) {
        int[][] started = Arrays.stream(targets).map(target -> {
            var row = new int[target.length + 1];
            row[0] = model.startToken();
            System.arraycopy(target, 0, row, 1, target.length);
            return row;
        }).toArray(int[][]::new);
        return Map.of(Names.SOURCE, padded(sources), Names.SOURCE_LENGTHS, lengths(sources), Names.TARGET, padded(started), Names.TARGET_LENGTHS,
                lengths(started));
    }

    /** (rows, longest) */
    static Value padded(int[][] rows) {
        int longest = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
        Value padded = Value.zeros(rows.length, longest);
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                padded.data()[row * longest + i] = rows[row][i];
            }
        }
        return padded;
    }

    /** (rows) */
    static Value lengths(int[][] rows) {
        return Value.of(new long[] {rows.length}, Arrays.stream(rows).mapToLong(row -> row.length).toArray());
    }
}
