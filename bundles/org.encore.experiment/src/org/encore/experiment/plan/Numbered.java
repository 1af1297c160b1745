package org.encore.experiment.plan;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;

/**
 * Choices numbered: equal numbers for the same thing with the same options. Each is written down once: thousands of cells share a few choices.
 * Several threads may ask at once.
 */
final class Numbered {

    private final Map<Choice<?>, Integer> known = new IdentityHashMap<>();
    private final Map<Object, Integer> numbers = new HashMap<>();

    synchronized int of(Choice<?> choice) {
        return known.computeIfAbsent(choice, c -> numbers.computeIfAbsent(OptionDocs.plain(c), plain -> numbers.size()));
    }
}
