package org.encore.data.sets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;

/** Task 1 of SIGMORPHON 2020 (Gorman et al. 2020): from letters to phones in 15 languages, 3,600 words to learn from in each. */
public final class Sigmorphon2020 implements Task<Sigmorphon2020.Options> {

    /** ISO 639-2 codes, as in the names of the files. */
    public enum Language {
        ADY, ARM, BUL, DUT, FRE, GEO, GRE, HIN, HUN, ICE, JPN, KOR, LIT, RUM, VIE
    }

    /** @param language of the words */
    public record Options(@Option(value = "fre", help = "language of the words, as the shared task calls it") Language language) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.SIGMORPHON_2020.files();
    }

    @Override
    public List<DataFile> files(Options options) {
        String language = options.language().name().toLowerCase(Locale.ROOT);
        return Stream.of("train", "dev", "test").map(part -> "data/" + part + "/" + language + "_" + part + ".tsv")
                .map(PublicSet.SIGMORPHON_2020::file).toList();
    }

    @Override
    public String licence(Options options) {
        return Pronunciations.LICENCE;
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        List<DataFile> parts = files(options);
        String language = options.language().name().toLowerCase(Locale.ROOT);
        return Pronunciations.load("SIGMORPHON 2020 task 1, letters to phones, " + language, files, parts.get(0), parts.get(1), parts.get(2));
    }
}
