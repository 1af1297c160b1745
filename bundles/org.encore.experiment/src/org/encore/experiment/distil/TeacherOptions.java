package org.encore.experiment.distil;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.experiment.train.TrainOptions;

/**
 * A teacher that the experiment trains itself.
 *
 * @param model architecture with options
 * @param seed of initialisation, data order and dropout
 * @param training how
 */
public record TeacherOptions(
        @Option(help = "the teacher's architecture, with options; it is not matched with the variants") Choice<Architecture<?>> model,
        @Option(value = "1", help = "seed of initialisation, data order and dropout") long seed,
        @Option(help = "how it is trained: the options of the stage 'train'") TrainOptions training) {}
