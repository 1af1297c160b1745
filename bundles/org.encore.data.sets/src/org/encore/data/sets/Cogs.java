package org.encore.data.sets;

import java.util.LinkedHashMap;
import java.util.List;

import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;

/** COGS (Kim and Linzen 2020): from sentences to logical forms. Test set {@code gen} has 21 kinds of combinations that training never shows. */
public final class Cogs implements Task<Cogs.Options> {

    /** The task has nothing to choose, so that results can be compared. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.COGS.files();
    }

    @Override
    public String licence(Options options) {
        return "MIT, Copyright (c) 2020 najoungkim: use and redistribution with the copyright notice.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        var tests = new LinkedHashMap<String, List<Example>>();
        tests.put("test", Splits.examples(read(files, "test.tsv")));
        tests.put("gen", Splits.examples(read(files, "gen.tsv")));
        return new Splits(read(files, "train.tsv"), Splits.examples(read(files, "dev.tsv")), tests)
                .data("COGS, sentences to logical forms", "{symbols: {source: words, target: words}}", List.of("exact-match"));
    }

    private static List<Pair> read(DataFiles files, String path) {
        return Lines.of(files.find(PublicSet.COGS.file(path))).stream().map(line -> line.split("\t")).map(parts -> new Pair(parts[0], parts[1]))
                .toList();
    }
}
