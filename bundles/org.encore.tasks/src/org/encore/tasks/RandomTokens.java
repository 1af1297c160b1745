package org.encore.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.encore.api.Sha256;
import org.encore.api.option.Option;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;

/**
 * Rows of random tokens over a vocabulary of any size, for measuring models that nobody trains: the time that a model takes does not depend on what
 * it reads.
 * There is nothing in them to learn.
 */
public final class RandomTokens implements Task<RandomTokens.Options> {

    /** Ids that every word-level vocabulary has beside its symbols: padding, start, end, unknown. */
    private static final int SPECIAL = 4;
    private static final int EXAMPLES = 64;
    private static final int LENGTH = 64;
    private static final long SEED = 1;

    /** @param vocabulary V, special tokens counted */
    public record Options(@Option(value = "32128",
            help = "number of tokens, with the four special ones; the head of a model costs as much as it has", unit = "tokens")
            int vocabulary) {

        public Options {
            if (vocabulary <= SPECIAL || vocabulary > 1_000_000) {
                throw new IllegalArgumentException("vocabulary " + vocabulary
                        + ": give 5 to 1000000; four of them are padding, start, end and unknown");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        int symbols = options.vocabulary() - SPECIAL;
        String all = IntStream.range(0, symbols).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        var random = new Random(SEED);
        var examples = new ArrayList<TaskData.Example>();
        for (int i = 0; i < EXAMPLES; i++) {
            String row = random.ints(LENGTH, 0, symbols).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            examples.add(new TaskData.Example(row, List.of(row)));
        }
        return new TaskData("random tokens over a vocabulary of " + options.vocabulary() + ", for measuring untrained models",
                Sha256.of(all + examples), "{symbols: {source: words, target: words}}", List.of(new TaskData.Pair(all, "0")),
                examples, examples, List.of("exact-match"));
    }
}
