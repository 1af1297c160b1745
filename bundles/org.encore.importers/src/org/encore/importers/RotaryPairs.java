package org.encore.importers;

/** The two conventions of what rotary embedding turns together: neighbours (2 i, 2 i + 1), and halves (i, i + K / 2), which is ours. */
final class RotaryPairs {

    private RotaryPairs() {}

    /**
     * Rows of a projection to queries or keys in the order of halves: the same products, as queries and keys are ordered alike.
     *
     * @param values (heads * K, in), row by row
     * @param headSize K
     * @param in columns
     */
    static float[] neighboursToHalves(float[] values, int headSize, int in) {
        var ordered = new float[values.length];
        int rows = values.length / in;
        for (int row = 0; row < rows; row++) {
            int head = row / headSize * headSize;
            int at = row % headSize;
            int from = head + (at < headSize / 2 ? 2 * at : 2 * (at - headSize / 2) + 1);
            System.arraycopy(values, from * in, ordered, row * in, in);
        }
        return ordered;
    }
}
