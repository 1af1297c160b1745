package org.encore.experiment.data;

import org.encore.api.training.Batch;

/** What a training sees: a function of the number alone, so that a resumed one sees what an unbroken one sees. */
public interface Batches {

    /** A batch, counted from 1. */
    Batch batch(long number);

    /** The number of batches until this many tokens have been seen. */
    long steps(long tokens);
}
