package org.encore.experiment.plan;

import java.util.IdentityHashMap;
import java.util.Map;

import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;

/** Choices as plain values, each written down once: thousands of cells share a few choices. */
final class Plain {

    private final Map<Choice<?>, Object> known = new IdentityHashMap<>();

    /** Equal for choices of the same thing with the same options. */
    Object of(Choice<?> choice) {
        return known.computeIfAbsent(choice, OptionDocs::plain);
    }
}
