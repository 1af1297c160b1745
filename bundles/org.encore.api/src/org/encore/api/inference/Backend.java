package org.encore.api.inference;

import org.encore.api.Availability;
import org.encore.api.option.Configurable;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;

/**
 * Runs models on some hardware. Contributed through the extension point {@code org.encore.api.backends}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Backend<O extends Record> extends Configurable<O> {

    /** What is really there: tried, not assumed. Cheap enough to call before any work. */
    Availability probe();

    /**
     * These options for a process in which another numeric library computes too: threads that wait for work have to sleep, or they take the
     * processors from it. By default the options themselves.
     *
     * @since 0.1.0
     */
    default O sharing(O options) {
        return options;
    }

    /** Of a backend that is written to be right and not fast: its times say nothing about any hardware. */
    String NO_HARDWARE = "none";

    /**
     * The hardware whose limits bound it, as probes name it: {@code cpu}, {@code cuda}; {@link #NO_HARDWARE} if its times are no measurement of any.
     *
     * @since 0.1.0
     */
    default String device() {
        return "cpu";
    }

    /**
     * Compiles prefill and step.
     *
     * @throws org.encore.api.Unavailable if the probe fails
     */
    LoadedModel load(Model model, Weights weights, O options);
}
