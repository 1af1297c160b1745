package org.encore.api.training;

import org.encore.api.option.Configurable;

/**
 * How the learning rate moves. Contributed through the extension point {@code org.encore.api.schedules}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Schedule<O extends Record> extends Configurable<O> {

    /**
     * The share of the peak learning rate, from 0 to 1.
     *
     * @param step from 1 to steps
     * @param steps of the whole training
     */
    double factor(O options, long step, long steps);
}
