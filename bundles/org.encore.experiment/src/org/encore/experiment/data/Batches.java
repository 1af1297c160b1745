package org.encore.experiment.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.encore.api.training.Batch;
import org.encore.api.weights.Weights;

/**
 * What a training sees. The data's batches are a function of the number alone; what is learnt in their place may depend on the student too, and then on what a checkpoint
 * keeps. So a resumed training sees what an unbroken one sees.
 */
public interface Batches {

    /** A batch, counted from 1. */
    Batch batch(long number);

    /**
     * What is learnt when it is the turn of a batch: by default it.
     *
     * @param seen the batch of this number
     * @param student its weights now
     */
    default List<Batch> learnt(long number, Batch seen, Supplier<Weights> student) {
        return List.of(seen);
    }

    /** Batches of the development set for the loss of the labels alone; empty if the objective cannot tell it. */
    default List<Batch> labels(List<Batch> development) {
        return development;
    }

    /** A look at the development set; those before a resume are told again. @param loss in nats */
    default void looked(double loss) {}

    /** A look at the development set has just been taken, and its checkpoint is not yet written. @param student its weights now */
    default void watched(long step, long tokens, Supplier<Weights> student) throws IOException {}

    /** What a checkpoint has to keep beside the training's own; names begin with something of their own. */
    default Map<String, Weights.Values> state() {
        return Map.of();
    }

    /** Goes on from a checkpoint that holds a {@link #state}; the looks up to then were told before. */
    default void restore(Weights checkpoint) {}

    /** The number of batches until this many tokens have been seen. */
    long steps(long tokens);
}
