package org.encore.api.training;

import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.option.Configurable;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Program;

/**
 * Compiles a model and an objective for training. Contributed through the extension point {@code org.encore.api.trainers}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Trainer<O extends Record> extends Configurable<O> {

    /** Whether it can train here. Cheap enough to call before any work. */
    Availability probe();

    /**
     * What these options ask for beyond {@link #probe} and is not on this machine, such as a GPU: looked for before any work.
     *
     * @param options of this trainer
     * @return why, and how to get it; empty if nothing is missing
     * @since 0.1.0
     */
    default Optional<Availability.Missing> missing(O options) {
        return Optional.empty();
    }

    /**
     * Compiles the train program together with the objective.
     *
     * @param model whose {@code train} program gives the logits
     * @param objective a program from {@code logits}, {@code labels} and {@code mask} to the scalar {@code loss}. It may read further outputs of the train program by their
     *     names, and have parameters of its own, which are trained and kept in checkpoints, and are none of the model's
     * @param settings how to train
     * @param start starting weights, all parameters of the model and of the objective
     * @param options of this trainer
     * @throws org.encore.api.Unavailable if the engine is missing here; the message names the remedy
     */
    TrainingSession open(Model model, Program objective, TrainingSettings settings, Weights start, O options);
}
