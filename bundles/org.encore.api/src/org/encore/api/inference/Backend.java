package org.encore.api.inference;

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
     * Compiles prefill and step.
     *
     * @throws org.encore.api.Unavailable if the probe fails
     */
    LoadedModel load(Model model, Weights weights, O options);

    /** Whether a backend can be used here. */
    sealed interface Availability {

        /** @param description what runs, with version, such as {@code ONNX Runtime 1.29.0, CPU, 2 threads} */
        record Present(String description) implements Availability {}

        /**
         * @param reason what is missing
         * @param remedy how to get it
         */
        record Missing(String reason, String remedy) implements Availability {}
    }
}
