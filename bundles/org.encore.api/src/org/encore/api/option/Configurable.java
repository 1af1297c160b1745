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
}
