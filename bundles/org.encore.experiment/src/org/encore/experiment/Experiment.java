package org.encore.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.run.Stage;
import org.encore.api.task.Task;
import org.encore.experiment.match.Match;

/**
 * An experiment file, read and bound.
 *
 * @param name of the experiment; begins the name of its run folders
 * @param file it was read from
 * @param text of the file
 * @param task what is learnt
 * @param match what all variants have equal, if anything
 * @param variants what is compared, in the order of the file
 * @param seeds every variant is trained once with each
 * @param threads that numeric work uses
 * @param stages to run, in order
 */
public record Experiment(String name, Path file, String text, Choice<Task<?>> task, Optional<Match> match, List<VariantSpec> variants,
        List<Long> seeds, int threads, List<Choice<Stage<?>>> stages) {

    public Experiment {
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
        stages = List.copyOf(stages);
    }

    /** One thing to compare. {@code at} is its place in the file. */
    public record VariantSpec(String name, Choice<Architecture<?>> architecture, Position at) {}
}
