package org.encore.experiment.distil;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.teachers.Teacher;

/**
 * What is asked of the teacher.
 *
 * @param teacher who
 * @param k tokens to keep at each position
 * @param temperature of its distributions
 */
public record TeacherCacheOptions(
        @Option(value = "trained", help = "who is asked") Choice<Teacher<?>> teacher,
        @Option(value = "64", help = "likeliest tokens that are kept at each position, at most the whole vocabulary; of all others, their mass") int k,
        @Option(value = "1.0", help = "temperature of the distributions: the one that the objective names") double temperature) {

    public TeacherCacheOptions {
        if (k < 1) {
            throw new IllegalArgumentException("k " + k + " must be at least 1");
        }
        if (!(temperature > 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature " + temperature + " must be above 0 and at most 100");
        }
    }
}
