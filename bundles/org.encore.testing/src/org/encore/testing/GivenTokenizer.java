package org.encore.testing;

import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.option.Choice;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

/**
 * A tokenizer that is there already, as an experiment would choose it.
 *
 * @param tokenizer whatever it would be made of
 * @since 0.1.0
 */
public record GivenTokenizer(Tokenizer tokenizer) implements Tokenization<GivenTokenizer.Options> {

    /** None. */
    public record Options() {}

    /** With a tokenizer, as a choice of it. */
    public static Choice<Tokenization<?>> of(Tokenizer tokenizer) {
        return new Choice<>("given", new GivenTokenizer(tokenizer), new Options());
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
