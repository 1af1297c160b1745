package org.encore.api.training;

/**
 * Rows to train on, right-padded. Row b has {@code sourceLengths[b]} source tokens and {@code targetLengths[b]} target positions: the target
 * begins with the start token, the labels are the same sequence shifted by one and end with the end token.
 *
 * @param rows B
 * @param sourceTime S, the longest source
 * @param targetTime T, the longest target
 * @param source (B, S) token ids, row by row
 * @param sourceLengths (B)
 * @param target (B, T) token ids, row by row
 * @param labels (B, T) token ids, row by row
 * @param targetLengths (B)
 */
public record Batch(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] labels,
        long[] targetLengths) {

    public Batch {
        if (source.length != rows * sourceTime || target.length != rows * targetTime || labels.length != target.length
                || sourceLengths.length != rows || targetLengths.length != rows) {
            throw new IllegalArgumentException("batch of " + rows + " rows, S " + sourceTime + ", T " + targetTime + ": arrays of "
                    + source.length + ", " + sourceLengths.length + ", " + target.length + ", " + labels.length + ", " + targetLengths.length);
        }
    }

    /** Target positions that count in the loss. */
    public long labelTokens() {
        return java.util.Arrays.stream(targetLengths).sum();
    }

    /** Source and target tokens without padding. */
    public long tokens() {
        return java.util.Arrays.stream(sourceLengths).sum() + labelTokens();
    }
}
