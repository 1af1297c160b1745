package org.encore.api.device;

import org.encore.api.option.Configurable;

/**
 * Hardware that is described, not here: predictions of time and memory are made from its card. Contributed through the extension point
 * {@code org.encore.api.devices}. What it gives is always labelled modelled.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 * @since 0.1.0
 */
public interface Device<O extends Record> extends Configurable<O> {

    /**
     * Its card.
     *
     * @throws org.encore.api.Unavailable if the card cannot be had, such as a file that is not there
     * @throws IllegalArgumentException if the card contradicts itself
     */
    Card card(O options);
}
