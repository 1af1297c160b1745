package org.encore.data.cmudict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;

/** Grapheme to phoneme: {@code hello} to {@code HH AH L OW}. Every pronunciation of a held-out word is a right answer. */
public final class Pronunciation implements Task<Pronunciation.Options> {

    /** SHA-256 of the file of which the build makes the data, {@code Prepare.java}. */
    private static final String DICTIONARY = "bab57556ec6547e2e4d712e33d144a0e46739da48420c12f2e53e77d0d976c19";

    /** The task has nothing to choose, so that results can be compared. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public String licence(Options options) {
        return "BSD-style, Copyright (C) 1993-2015 Carnegie Mellon University: use and redistribution with the copyright notice; the text is in Encore's NOTICE.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        var train = new ArrayList<TaskData.Pair>();
        var development = new ArrayList<TaskData.Example>();
        var test = new ArrayList<TaskData.Example>();
        PreparedWords.read("train.tsv", (word, pronunciations) -> pronunciations.forEach(p -> train.add(new TaskData.Pair(word, p))));
        PreparedWords.read("development.tsv", (word, pronunciations) -> development.add(new TaskData.Example(word, pronunciations)));
        PreparedWords.read("test.tsv", (word, pronunciations) -> test.add(new TaskData.Example(word, pronunciations)));
        String description = String.format(Locale.ROOT, "CMU Pronouncing Dictionary (de.sciss:sphinx4-data:1.0.0), no stress marks: "
                + "%,d training pairs, %,d development words, %,d test words", train.size(), development.size(), test.size());
        return new TaskData(description, DICTIONARY, "{symbols: {target: words}}", train, development, test, List.of("per", "wer"));
    }
}
