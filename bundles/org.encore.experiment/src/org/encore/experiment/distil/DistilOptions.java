package org.encore.experiment.distil;

import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.training.Schedule;
import org.encore.experiment.train.TrainOptions;

/**
 * How a student learns.
 *
 * @param targets whose targets are the labels
 * @param onPolicy sequences that the student writes itself
 * @param states hidden states that are to match the teacher's
 * @param alphaCourse course of the teacher's share of the loss
 * @param temperatureCourse course of the temperature
 * @param watch examples at which student and teacher are compared on the way
 * @param training how
 */
public record DistilOptions(
        @Option(value = "data", help = "whose targets are the labels: those of the data, or whole outputs of a teacher (sequence-level distillation) "
                + "from the stage teacher-cache (teacher) or from the stage sequences (sequences)")
        Targets targets,
        @Option(help = "sequences that the student writes itself, and the teacher comments") OnPolicyOptions onPolicy,
        @Option(help = "hidden states of the student that are to match the teacher's, beside what it says") StatesOptions states,
        @Option(help = "course of alpha, as a share of the objective's, such as {linear: {warmup: 0}} for ever more labels; left out: it stays")
        Optional<Choice<Schedule<?>>> alphaCourse,
        @Option(help = "course of the temperature, from the objective's (share 1) to 1 (share 0); needs teacher-cache: {k: the whole vocabulary, temperature: 1}")
        Optional<Choice<Schedule<?>>> temperatureCourse,
        @Option(value = "64", help = "development examples at which each look compares the student with the teacher, a few of them token by token at the end; 0 for none") int watch,
        @Option(help = "how the student is trained: the options of the stage 'train', with an objective that may learn from a teacher") TrainOptions training) {

    public DistilOptions {
        if (watch < 0) {
            throw new IllegalArgumentException("watch " + watch + " must not be negative; 0 compares nothing on the way");
        }
    }

    /** Where labels come from. */
    public enum Targets {
        DATA, TEACHER, SEQUENCES
    }

    /** Whether the parts of the objective are weighed anew for every batch. */
    boolean steered() {
        return onPolicy.used() || alphaCourse.isPresent() || temperatureCourse.isPresent();
    }
}
