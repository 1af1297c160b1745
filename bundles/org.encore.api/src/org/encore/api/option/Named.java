package org.encore.api.option;

import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.jspecify.annotations.Nullable;

/** A name alone or with options, as in {@code linear} and {@code linear: {warmup: 0.1}}. */
record Named(String id, @Nullable ConfigNode options, Position at) {

    static @Nullable Named of(@Nullable ConfigNode node) {
        if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
            return new Named(scalar.text(), null, scalar.at());
        }
        if (node instanceof Mapping mapping && mapping.entries().size() == 1) {
            Entry only = mapping.entries().getFirst();
            return new Named(only.key().text(), only.value(), only.key().at());
        }
        return null;
    }
}
