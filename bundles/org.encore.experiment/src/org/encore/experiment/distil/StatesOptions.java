package org.encore.experiment.distil;

import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.teachers.Teacher;
import org.encore.api.training.Schedule;
import org.encore.distill.StateMatching.Distance;

/**
 * Hidden states of the student that are to match those of the teacher.
 *
 * @param weight of their distance
 * @param course of the weight
 * @param distance of two states
 * @param pairs of blocks, evenly spread
 * @param blocks pairs by name, in place of those
 * @param teacher whose states
 */
public record StatesOptions(
        @Option(value = "0", help = "weight of the distance between hidden states of student and teacher, which is added to the loss; 0 for none")
        double weight,
        @Option(help = "course of the weight, as a share of it, such as {linear: {warmup: 0}} for states first and outputs last; left out: it stays")
        Optional<Choice<Schedule<?>>> course,
        @Option(value = "squared", help = "of two states: squared (TinyBERT: mean squared difference) or cosine (DistilBERT: 1 - cosine), "
                + "the student's after a learned projection to the teacher's width")
        Distance distance,
        @Option(value = "1", help = "pairs of blocks that meet, evenly spread over both depths; 1 is the last block of each") int pairs,
        @Option(help = "which blocks meet, in place of 'pairs': the student's to the teacher's, such as {decoder.0: decoder.2, decoder.1: decoder.5}")
        Map<String, String> blocks,
        @Option(value = "trained", help = "whose states; a teacher that is a model of Encore's") Choice<Teacher<?>> teacher) {

    public StatesOptions {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight " + weight + " must not be negative; 0 matches no states");
        }
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs " + pairs + " must be at least 1; weight: 0 matches no states");
        }
        if (weight == 0 && (course.isPresent() || !blocks.isEmpty() || pairs > 1)) {
            throw new IllegalArgumentException("course, pairs and blocks say how states are matched, but weight is 0; give one above 0");
        }
    }

    boolean used() {
        return weight > 0;
    }
}
