package org.encore.api.teachers;

import java.util.List;
import java.util.Optional;

import org.encore.api.inference.Generator;
import org.encore.api.inference.HiddenStates;
import org.encore.api.task.Tokenizer;
import org.encore.api.training.Guidance;

/** A teacher that gives a distribution over the next token at every target position, in the student's vocabulary unless it has a {@link #tokenizer} of its own. */
public non-sealed interface Scoring extends TeacherSession {

    /** V. */
    int vocabulary();

    /**
     * The tokenizer that it reads with, if that may be another than the students'. Then ids of what it says are its own, and it speaks where a span of text begins that
     * its tokens and the students' have in common; elsewhere the tail is {@link Guidance.Top#WITHIN}. Objectives by spans alone learn from it.
     *
     * @since 0.1.0
     */
    default Optional<Tokenizer> tokenizer() {
        return Optional.empty();
    }

    /**
     * What it says of rows. Position t of a row is where the source, the start token and the first t target tokens have been read, so that its
     * distribution is about target token t; the last position is about the end token. So a row of n target tokens has n + 1 positions.
     *
     * @param rows with sources of at least one token
     * @param k tokens to keep at each position, 1 to V, the likeliest first
     * @param temperature that its logits are divided by
     * @return one for each row, with n + 1 positions
     * @throws IllegalArgumentException if a row is longer than it can read; the message has both numbers
     */
    List<Guidance.Top> score(List<Row> rows, int k, double temperature);

    /**
     * Generation by its model, in the student's vocabulary: decoded, a teacher that gives distributions gives whole outputs too.
     *
     * @param rows largest batch, beams included
     * @param tokens most tokens of a row: source, start token and target
     * @return empty if it scores only
     * @since 0.1.0
     */
    default Optional<Generator> generator(int rows, int tokens) {
        return Optional.empty();
    }

    /**
     * What is between the layers of its model, so that a student can match it too, at the positions of {@link #score}.
     *
     * @return empty if it is no model of Encore's, or several
     * @since 0.1.0
     */
    default Optional<HiddenStates> states() {
        return Optional.empty();
    }

    /**
     * One example.
     *
     * @param source token ids, without start and end
     * @param target token ids, without start and end
     */
    record Row(int[] source, int[] target) {

        /** Positions at which something is predicted: the target tokens and the end token. */
        public int positions() {
            return target.length + 1;
        }
    }
}
