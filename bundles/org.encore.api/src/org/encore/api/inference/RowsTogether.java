package org.encore.api.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many rows are read together. Attention holds a number for each pair of positions, of each row and head, so what is right for short rows would
 * take all memory for long ones: 64 rows of 2,000 positions and 4 heads are 4 GB in every layer.
 *
 * @since 0.1.0
 */
public final class RowsTogether {

    /** Pairs of positions of all rows: with 8 heads in fp32 256 MiB, several of which are held at a time. */
    private static final long MOST_PAIRS = 1 << 23;

    private RowsTogether() {}

    /**
     * Rows, one at least.
     *
     * @param wanted at most so many
     * @param positions of the longest row, source and target together where both are read
     */
    public static int of(int wanted, int positions) {
        long pairs = Math.max(1L, (long) positions * positions);
        return (int) Math.max(1, Math.min(wanted, MOST_PAIRS / pairs));
    }

    /** Tokens of the longest row; 0 if there is none. */
    public static int longest(int[][] rows) {
        return Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
    }

    /**
     * Rows of like length together: there is less padding, and they end together.
     *
     * @param rows token ids of each
     * @param wanted at most so many in a part
     * @return which rows, by their place, are read together; each row is in one part
     */
    public static List<List<Integer>> parts(int[][] rows, int wanted) {
        List<Integer> order = IntStream.range(0, rows.length).boxed().sorted(Comparator.comparingInt(i -> rows[i].length)).toList();
        var parts = new ArrayList<List<Integer>>();
        int start = 0;
        while (start < order.size()) {
            int most = Math.min(wanted, order.size() - start);
            int end = start + of(most, rows[order.get(start + most - 1)].length);
            parts.add(order.subList(start, end));
            start = end;
        }
        return parts;
    }
}
