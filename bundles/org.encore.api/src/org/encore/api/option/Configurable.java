package org.encore.api.option;

import java.util.List;
import java.util.Map;

/**
 * An extension that takes options.
 *
 * @param <O> a record whose components carry {@link Option}
 */
public interface Configurable<O extends Record> {

    /** The record that its options are bound to. */
    Class<O> optionsType();

    /** Named starting points, such as {@code 10m}, which {@code preset:} selects and single options then change. */
    default Map<String, O> presets() {
        return Map.of();
    }

    /** Programs that it would start and addresses that it would talk to with these options. Data sets of public addresses and fixed digests do not count. */
    default List<Contact> contacts(O options) {
        return List.of();
    }

    /**
     * Looks whether what options name is there and fits: files, runs, programs, variables of the environment. Asked when an experiment is read, so before
     * anything runs, and again whenever the experiment is edited: it connects to nothing, starts nothing, and reads no more than tells.
     *
     * @throws WrongOption if one option names what is not there; the message says what was expected, and the nearest valid name if there is one
     * @throws IllegalArgumentException if several do not fit together
     * @throws org.encore.api.Unavailable if something is missing on this machine
     * @since 0.1.0
     */
    default void verify(O options) {
        // most options name nothing outside of themselves
    }
}
