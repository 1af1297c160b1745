package org.encore.api.option;

import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.jspecify.annotations.Nullable;

/**
 * Options that cannot be used because of one of them, so that it is told where that one is written.
 *
 * @since 0.1.0
 */
public final class WrongOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String option;

    /**
     * @param option its name, or names from the outside in with dots between, ids of choices among them: {@code training.objective}
     * @param message what is wrong, what was expected, the nearest valid name if there is one
     */
    public WrongOption(String option, String message) {
        super(message);
        this.option = option;
    }

    /** Its name, as it was given. */
    public String option() {
        return option;
    }

    /**
     * Where it is written.
     *
     * @param options as they are written; null if none are
     * @param otherwise if it is not among them
     * @return the place of its value, or of the innermost thing around it that is written
     */
    public Position in(@Nullable ConfigNode options, Position otherwise) {
        Position at = otherwise;
        ConfigNode node = options;
        for (String name : option.split("\\.")) {
            Entry entry = node instanceof Mapping mapping ? mapping.entry(name) : null;
            if (entry == null) {
                return at;
            }
            node = entry.value();
            at = node.at();
        }
        return at;
    }
}
