package org.encore.api.architecture;

import org.encore.api.option.Choice;
import org.encore.graph.Model;

/**
 * An architecture with the options that somebody chose for it.
 *
 * @param id under which it was chosen
 * @param architecture what was chosen
 * @param options for it
 */
public record ChosenArchitecture<O extends Record>(String id, Architecture<O> architecture, O options) {

    /** @param choice of an experiment */
    @SuppressWarnings("unchecked")
    public static ChosenArchitecture<?> of(Choice<Architecture<?>> choice) {
        return of(choice.id(), (Architecture<Record>) choice.extension(), choice.options());
    }

    private static <O extends Record> ChosenArchitecture<O> of(String id, Architecture<O> architecture, Record options) {
        return new ChosenArchitecture<>(id, architecture, architecture.optionsType().cast(options));
    }

    /**
     * As {@link Architecture#build}.
     *
     * @param vocabularySize V
     * @param startToken id that begins every target
     */
    public Model build(int vocabularySize, int startToken) {
        return architecture.build(options, new Build(id, vocabularySize, startToken));
    }
}
