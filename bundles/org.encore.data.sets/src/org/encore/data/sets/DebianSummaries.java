package org.encore.data.sets;

import java.util.List;
import java.util.Locale;

import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Pair;

import com.google.gson.Gson;

/** DebSum: from the description of a Debian package to its one-line synopsis. Packages of one source are in one part of the data. */
public final class DebianSummaries implements Task<DebianSummaries.Options> {

    /** @param documentWords how much of a description is read */
    public record Options(
            @Option(value = "200", unit = "words", help = "most words of a description that are read; the rest is left out") int documentWords) {
        public Options {
            if (documentWords < 1) {
                throw new IllegalArgumentException("documentWords " + documentWords + " must be 1 or more");
            }
        }
    }

    private record Row(String document, String summary) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.DEBSUM.files();
    }

    @Override
    public String licence(Options options) {
        return "Debian main is free software; each description is under the licence of its package (debian/copyright).";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        List<Pair> train = read(files, "train", options);
        return Splits.of(train, Splits.examples(read(files, "validation", options)), Splits.examples(read(files, "test", options)))
                .data(String.format(Locale.ROOT, "DebSum, descriptions of Debian 12 packages (first %,d words) to synopses", options.documentWords()),
                        "bpe", List.of("rouge-l", "rouge-1", "rouge-2"));
    }

    private static List<Pair> read(DataFiles files, String part, Options options) {
        var gson = new Gson();
        return Lines.of(files.find(PublicSet.DEBSUM.file(part + ".jsonl.gz"))).stream().map(line -> gson.fromJson(line, Row.class))
                .map(row -> new Pair(Excerpt.first(row.document(), options.documentWords()), row.summary())).toList();
    }
}
