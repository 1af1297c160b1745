package org.encore.bench.statistics;

/**
 * What each example contributes to a corpus score, such as edits and reference length: the score is a function of the sums. Kept as one flat table,
 * because resampling reads it a hundred million times.
 */
public final class Contributions {

    private final double[] table;
    private final int examples;
    private final int width;

    private Contributions(double[] table, int examples, int width) {
        this.table = table;
        this.examples = examples;
        this.width = width;
    }

    /**
     * Contributions of a system's outputs.
     *
     * @param rows (examples, k): the same k numbers for each example
     */
    public static Contributions of(double[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no examples");
        }
        int width = rows[0].length;
        var table = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException("example " + i + " contributes " + rows[i].length + " numbers, the first example " + width);
            }
            System.arraycopy(rows[i], 0, table, i * width, width);
        }
        return new Contributions(Values.finite(table), rows.length, width);
    }

    /** Two systems on the same examples, side by side: first the numbers of one, then those of the other. */
    static Contributions besides(Contributions first, Contributions second) {
        Values.samePairs(first.examples, second.examples);
        int width = first.width + second.width;
        var table = new double[first.examples * width];
        for (int i = 0; i < first.examples; i++) {
            System.arraycopy(first.table, i * first.width, table, i * width, first.width);
            System.arraycopy(second.table, i * second.width, table, i * width + first.width, second.width);
        }
        return new Contributions(table, first.examples, width);
    }

    int examples() {
        return examples;
    }

    int width() {
        return width;
    }

    /** Sums over all examples. */
    double[] sums() {
        var sums = new double[width];
        for (int i = 0; i < examples; i++) {
            add(i, sums);
        }
        return sums;
    }

    void add(int example, double[] sums) {
        int start = example * width;
        for (int k = 0; k < width; k++) {
            sums[k] += table[start + k];
        }
    }

    /** Sums over all examples but one. */
    double[] without(int example, double[] sums) {
        double[] rest = sums.clone();
        for (int k = 0; k < width; k++) {
            rest[k] -= table[example * width + k];
        }
        return rest;
    }
}
