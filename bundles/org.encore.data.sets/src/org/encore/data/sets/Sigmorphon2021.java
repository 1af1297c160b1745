package org.encore.data.sets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.encore.api.option.Option;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;

/**
 * Task 1 of SIGMORPHON 2021 (Ashby et al. 2021): from letters to phones in 21 languages. High resources (eng-us): 33,344 words to learn from; medium:
 * 8,000; low: 800.
 */
public final class Sigmorphon2021 implements Task<Sigmorphon2021.Options> {

    /** How much there is to learn from, which is the folder of the files. */
    private enum Resources {
        HIGH, MEDIUM, LOW
    }

    /** Languages as in the names of the files, with a hyphen for the underscore. */
    public enum Language {
        ENG_US(Resources.HIGH),
        ARM_E(Resources.MEDIUM), BUL(Resources.MEDIUM), DUT(Resources.MEDIUM), FRE(Resources.MEDIUM), GEO(Resources.MEDIUM),
        HBS_LATN(Resources.MEDIUM),
        HUN(Resources.MEDIUM), JPN_HIRA(Resources.MEDIUM), KOR(Resources.MEDIUM), VIE_HANOI(Resources.MEDIUM),
        ADY(Resources.LOW), GRE(Resources.LOW), ICE(Resources.LOW), ITA(Resources.LOW), KHM(Resources.LOW), LAV(Resources.LOW),
        MLT_LATN(Resources.LOW),
        RUM(Resources.LOW), SLV(Resources.LOW), WEL_SW(Resources.LOW);

        private final Resources resources;

        Language(Resources resources) {
            this.resources = resources;
        }
    }

    /** @param language of the words */
    public record Options(
            @Option(value = "fre", help = "language of the words: eng-us has 33,344 to learn from, arm-e to vie-hanoi 8,000, ady to wel-sw 800")
            Language language) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<DataFile> files() {
        return PublicSet.SIGMORPHON_2021.files();
    }

    @Override
    public List<DataFile> files(Options options) {
        String resources = options.language().resources.name().toLowerCase(Locale.ROOT);
        String stem = "data/" + resources + "/" + options.language().name().toLowerCase(Locale.ROOT);
        return Stream.of("train", "dev", "test").map(part -> PublicSet.SIGMORPHON_2021.file(stem + "_" + part + ".tsv")).toList();
    }

    @Override
    public String licence(Options options) {
        return Pronunciations.LICENCE;
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        List<DataFile> parts = files(options);
        String language = options.language().name().toLowerCase(Locale.ROOT);
        return Pronunciations.load("SIGMORPHON 2021 task 1, letters to phones, " + language, files, parts.get(0), parts.get(1), parts.get(2));
    }
}
