package org.encore.distill.tests;

import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.option.Choice;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

/** A tokenizer that is there already, as an experiment would choose it. */
record Known(Tokenizer tokenizer) implements Tokenization<Known.Options> {

    /** None. */
    public record Options() {}

    static Choice<Tokenization<?>> of(Tokenizer tokenizer) {
        return new Choice<>("known", new Known(tokenizer), new Options());
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Tokenizer learn(Options options, List<TaskData.Pair> pairs, Monitor monitor) {
        return tokenizer;
    }

    @Override
    public Tokenizer read(Options options, String json) {
        return tokenizer;
    }
}
