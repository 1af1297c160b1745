package org.encore.experiment.distil;

import org.encore.api.option.Option;
import org.encore.experiment.train.TrainOptions;

/**
 * How a student learns.
 *
 * @param targets whose targets are the labels
 * @param training how
 */
public record DistilOptions(
        @Option(value = "data", help = "whose targets are the labels: those of the data, or whole outputs of a teacher (sequence-level distillation) "
                + "from the stage teacher-cache (teacher) or from the stage sequences (sequences)")
        Targets targets,
        @Option(help = "how the student is trained: the options of the stage 'train', with an objective that may learn from a teacher") TrainOptions training) {

    /** Where labels come from. */
    public enum Targets {
        DATA, TEACHER, SEQUENCES
    }
}
