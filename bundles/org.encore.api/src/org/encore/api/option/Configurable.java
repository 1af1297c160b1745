package org.encore.api.option;

/**
 * An extension that takes options.
 *
 * @param <O> a record whose components carry {@link Option}
 */
public interface Configurable<O extends Record> {

    /** The record that its options are bound to. */
    Class<O> optionsType();
}
