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
 * @param weights how much each part of the objective counts here, if that changes in the course of a training
 * @param states hidden states of a teacher, if the student's are to match them
 */
public record Batch(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] labels,
        long[] targetLengths, Optional<Guidance> guidance, Optional<Weights> weights, Optional<States> states) {

    /**
     * How much each part of an objective counts in a batch; see {@link Objective#steered}.
     *
     * @param teacher weight of what the teacher says
     * @param labels weight of the labels
     * @param temperature of both distributions
     */
    public record Weights(double teacher, double labels, double temperature) {
        public Weights {
            if (!(teacher >= 0 && labels >= 0 && temperature > 0)) {
                throw new IllegalArgumentException("weights " + teacher + " and " + labels + " must not be negative, temperature " + temperature
                        + " must be above 0");
            }
        }
    }

    /**
     * Hidden states of a teacher at every target position; see {@link org.encore.graph.Names#TEACHER_STATES}.
     *
     * @param weight of the distance between the student's and these
     * @param width U, of all its blocks together
     * @param values (B, T, U), row by row; at padded positions anything may stand
     * @since 0.1.0
     */
    public record States(double weight, int width, float[] values) {
        public States {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("the weight of states is " + weight + " and must not be negative");
            }
        }

        /** The same states, which count otherwise. */
        public States weighing(double other) {
            return new States(other, width, values);
        }
    }

    public Batch {
        if (source.length != rows * sourceTime || target.length != rows * targetTime || labels.length != target.length
                || sourceLengths.length != rows || targetLengths.length != rows) {
            throw new IllegalArgumentException("batch of " + rows + " rows, S " + sourceTime + ", T " + targetTime + ": arrays of "
                    + source.length + ", " + sourceLengths.length + ", " + target.length + ", " + labels.length + ", " + targetLengths.length);
        }
        int positions = rows * targetTime;
        guidance.ifPresent(teacher -> teacher.check(positions));
        states.filter(of -> of.values().length != positions * of.width()).ifPresent(of -> {
            throw new IllegalArgumentException("a teacher's states of " + of.values().length + " numbers are not those of " + positions
                    + " target positions of width " + of.width());
        });
    }

    /** Without a teacher. */
    public Batch(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] labels, long[] targetLengths) {
        this(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** The same rows with what a teacher says of them. */
    public Batch with(Guidance teacher) {
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, Optional.of(teacher), weights, states);
    }

    /** The same rows with other weights of the objective's parts. */
    public Batch with(Weights counting) {
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, guidance, Optional.of(counting), states);
    }

    /**
     * The same rows with hidden states of a teacher.
     *
     * @since 0.1.0
     */
    public Batch with(States ofTeacher) {
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths, guidance, weights,
                Optional.of(ofTeacher));
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
