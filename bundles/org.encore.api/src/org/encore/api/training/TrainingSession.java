package org.encore.api.training;

import java.util.List;

import org.encore.api.weights.Weights;

/** A model being trained. Not thread-safe: one thread calls it. */
public interface TrainingSession extends AutoCloseable {

    /**
     * One update from the gradient of the mean loss over all labels of the batches.
     *
     * @param step number of this update, from 1; with the seed it fixes dropout
     * @param learningRate of this update
     * @param batches one, or several whose gradients accumulate
     */
    Update step(long step, double learningRate, List<Batch> batches);

    /** Mean loss per label in nats, without dropout and without an update. */
    double loss(Batch batch);

    /** A copy of the model's parameters. */
    Weights weights();

    /**
     * A copy of everything that training goes on from: parameters, those of the objective among them, moments (as {@code adamw.m.<name>},
     * {@code adamw.v.<name>}) and step count.
     */
    Weights checkpoint();

    /**
     * Goes on from a {@link #checkpoint}.
     *
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    void restore(Weights checkpoint);

    @Override
    void close();

    /**
     * What one update did.
     *
     * @param loss mean per label before the update, in nats
     * @param gradientNorm global, before clipping
     * @param engineNanos spent in the numeric library
     */
    record Update(double loss, double gradientNorm, long engineNanos) {}
}
