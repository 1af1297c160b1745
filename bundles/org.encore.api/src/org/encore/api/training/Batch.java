package org.encore.api.training;

import java.util.Optional;

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
 * @param guidance what a teacher says at every target position, if there is one
 */
public record Batch(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] labels,
        long[] targetLengths, Optional<Guidance> guidance) {

    public Batch {
        if (source.length != rows * sourceTime || target.length != rows * targetTime || labels.length != target.length
                || sourceLengths.length != rows || targetLengths.length != rows) {
            throw new IllegalArgumentException("batch of " + rows + " rows, S " + sourceTime + ", T " + targetTime + ": arrays of "
                    + source.length + ", " + sourceLengths.length + ", " + target.length + ", " + labels.length + ", " + targetLengths.length);
        }
        int positions = rows * targetTime;
        guidance.ifPresent(teacher -> teacher.check(positions));
    }

    /** Without a teacher. */
    public Batch(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] labels, long[] targetLengths) {
        this(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, Optional.empty());
    }

    /** The same rows with what a teacher says of them. */
    public Batch with(Guidance teacher) {
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, Optional.of(teacher));
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
