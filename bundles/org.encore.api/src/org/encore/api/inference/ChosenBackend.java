package org.encore.api.inference;

import org.encore.api.option.Choice;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;

/**
 * A backend with the options that somebody chose for it.
 *
 * @param backend what was chosen
 * @param options for it
 */
public record ChosenBackend<O extends Record>(Backend<O> backend, O options) {

    /** @param choice of an experiment */
    @SuppressWarnings("unchecked")
    public static ChosenBackend<?> of(Choice<Backend<?>> choice) {
        return of((Backend<Record>) choice.extension(), choice.options());
    }

    private static <O extends Record> ChosenBackend<O> of(Backend<O> backend, Record options) {
        return new ChosenBackend<>(backend, backend.optionsType().cast(options));
    }

    /** As {@link Backend#sharing}. */
    public ChosenBackend<O> sharing() {
        return new ChosenBackend<>(backend, backend.sharing(options));
    }

    /** As {@link Backend#load}. */
    public LoadedModel load(Model model, Weights weights) {
        return backend.load(model, weights, options);
    }
}
