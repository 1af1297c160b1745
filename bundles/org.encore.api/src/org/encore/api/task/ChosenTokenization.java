package org.encore.api.task;

import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.option.Choice;

/**
 * A way to turn text into tokens, with the options that somebody chose for it.
 *
 * @param tokenization what was chosen
 * @param options for it
 * @since 0.1.0
 */
public record ChosenTokenization<O extends Record>(Tokenization<O> tokenization, O options) {

    /** @param choice of an experiment */
    @SuppressWarnings("unchecked")
    public static ChosenTokenization<?> of(Choice<Tokenization<?>> choice) {
        return of((Tokenization<Record>) choice.extension(), choice.options());
    }

    private static <O extends Record> ChosenTokenization<O> of(Tokenization<O> tokenization, Record options) {
        return new ChosenTokenization<>(tokenization, tokenization.optionsType().cast(options));
    }

    /** As {@link Tokenization#learn}. */
    public Tokenizer learn(List<TaskData.Pair> pairs, Monitor monitor) {
        return tokenization.learn(options, pairs, monitor);
    }

    /** One that needs no pairs, since it is made of a file. */
    public Tokenizer ready() {
        return learn(List.of(), Monitor.NONE);
    }

    /** As {@link Tokenization#read}. */
    public Tokenizer read(String json) {
        return tokenization.read(options, json);
    }

    /** As {@link Tokenization#keyParts}. */
    public List<String> keyParts() {
        return tokenization.keyParts(options);
    }
}
