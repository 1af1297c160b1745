package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.option.OptionDocs;
import org.encore.api.task.DataFile;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;
import org.encore.data.sets.CodeXGlueTranslation;
import org.encore.data.sets.Cogs;
import org.encore.data.sets.DebianSummaries;
import org.encore.data.sets.Scan;
import org.encore.data.sets.Sigmorphon2020;
import org.encore.data.sets.Sigmorphon2021;
import org.encore.data.sets.Squad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The data as they really are: counts of every split, as their publishers give them, and single lines. */
class DataSetsTest {

    private static void counts(TaskData data, int train, int development, int... tests) {
        assertThat(List.of(data.train().size(), data.development().size())).containsExactly(train, development);
        assertThat(data.tests().values().stream().map(List::size)).containsExactlyElementsOf(java.util.Arrays.stream(tests).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyLanguageOf2020HasTheSameCounts(Sigmorphon2020.Language language) {
        TaskData data = new Sigmorphon2020().load(new Sigmorphon2020.Options(language), Stored.files());
        counts(data, 3_600, 450, 450);
        isNormal(data);
    }

    @ParameterizedTest
    @EnumSource
    void everyLanguageOf2021HasTheCountsOfItsResources(Sigmorphon2021.Language language) {
        TaskData data = new Sigmorphon2021().load(new Sigmorphon2021.Options(language), Stored.files());
        if (language == Sigmorphon2021.Language.ENG_US) {
            counts(data, 33_344, 4_168, 4_168);
        } else if (language.compareTo(Sigmorphon2021.Language.ADY) < 0) {
            counts(data, 8_000, 1_000, 1_000);
        } else {
            counts(data, 800, 100, 100);
        }
        isNormal(data);
    }

    private static void isNormal(TaskData data) {
        assertThat(data.train()).allMatch(pair -> Normalizer.isNormalized(pair.source() + pair.target(), Normalizer.Form.NFC) && !pair.target()
                .isBlank());
        assertThat(data.metrics()).containsExactly("wer", "per");
        assertThat(data.tokenizer()).isEqualTo("{symbols: {source: letters, target: words}}");
    }

    @Test
    void wordsAndPhonesAreApart() {
        TaskData data = new Sigmorphon2021().load(new Sigmorphon2021.Options(Sigmorphon2021.Language.KOR), Stored.files());
        assertThat(data.train()).contains(new Pair("ㄱㄴㄷ순", "k a̠ n a̠ d a̠ sʰ u n"));
        assertThat(data.description())
                .isEqualTo("SIGMORPHON 2021 task 1, letters to phones, kor: 8,000 training pairs, 1,000 development, 1,000 test examples");
    }

    /** Development examples come out of training; both together are what was published. */
    @ParameterizedTest
    @CsvSource({"SIMPLE, 16728, 4182, 836", "LENGTH, 16990, 3920, 853", "ADD_PRIM_JUMP, 14670, 7706, 654", "ADD_PRIM_TURN_LEFT, 21890, 1208, 976"})
    void scanHasItsPublishedCounts(Scan.Split split, int learnt, int test, int development) {
        TaskData data = new Scan().load(new Scan.Options(split), Stored.files());
        counts(data, learnt - development, development, test);
        assertThat(data.train()).allMatch(pair -> pair.target().matches("I_[A-Z_]+( I_[A-Z_]+)*") && !pair.source().contains("I"));
        Set<String> seen = data.train().stream().map(Pair::source).collect(Collectors.toSet());
        assertThat(data.development()).noneMatch(example -> seen.contains(example.source()));
    }

    /** The longest action sequences are for the test, and its commands have at most 9 words. */
    @Test
    void scanHoldsOutWhatItsSplitSays() {
        TaskData length = new Scan().load(new Scan.Options(Scan.Split.LENGTH), Stored.files());
        assertThat(length.train()).allMatch(pair -> pair.target().split(" ").length <= 22);
        assertThat(length.test()).allMatch(example -> example.references().getFirst().split(" ").length > 22);
        TaskData jump = new Scan().load(new Scan.Options(Scan.Split.ADD_PRIM_JUMP), Stored.files());
        assertThat(jump.train()).allMatch(pair -> !pair.source().contains("jump") || pair.source().equals("jump"));
        assertThat(jump.test()).allMatch(example -> example.source().contains("jump"));
    }

    @Test
    void cogsHasTwoTests() {
        TaskData data = new Cogs().load(new Cogs.Options(), Stored.files());
        counts(data, 24_155, 3_000, 3_000, 21_000);
        assertThat(data.tests().keySet()).containsExactly("test", "gen");
        assertThat(data.tests().get("gen").getFirst()).isEqualTo(new Example("Paula painted a cake in a closet .",
                List.of("paint . agent ( x _ 1 , Paula ) "
                + "AND paint . theme ( x _ 1 , x _ 3 ) AND cake ( x _ 3 ) AND cake . nmod . in ( x _ 3 , x _ 6 ) AND closet ( x _ 6 )")));
    }

    @ParameterizedTest
    @EnumSource
    void codeIsParallelInBothDirections(CodeXGlueTranslation.Direction direction) {
        TaskData data = new CodeXGlueTranslation().load(new CodeXGlueTranslation.Options(direction), Stored.files());
        counts(data, 10_295, 499, 1_000);
        var pair = new Example("public String toString() {return pattern();}", List.of("public override string ToString(){return Pattern();}"));
        assertThat(data.development().get(1)).isEqualTo(direction == CodeXGlueTranslation.Direction.JAVA_TO_CS ? pair
                : new Example(pair.references().getFirst(), List.of(pair.source())));
    }

    @ParameterizedTest
    @CsvSource({"1.1, 10570", "2.0, 11873"})
    void squadIsSplitByArticleAndNothingGetsLost(double version, int questions) {
        TaskData all = new Squad().load(new Squad.Options(version, 10_000, Squad.Longer.DROP), Stored.files());
        assertThat(all.train().size() + all.development().size() + all.test().size()).isEqualTo(questions);
        assertThat(all.description()).endsWith(String.format(Locale.ROOT, " (0 questions dropped): %,d training pairs, %,d development, %,d test examples",
                all.train().size(), all.development().size(), all.test().size()));
        // a paragraph belongs to one article, so none may be on both sides
        Set<String> learnt = all.train().stream().map(pair -> context(pair.source())).collect(Collectors.toSet());
        Set<String> development = all.development().stream().map(example -> context(example.source())).collect(Collectors.toSet());
        Set<String> test = all.test().stream().map(example -> context(example.source())).collect(Collectors.toSet());
        assertThat(learnt).doesNotContainAnyElementsOf(development).doesNotContainAnyElementsOf(test);
        assertThat(development).doesNotContainAnyElementsOf(test);
    }

    private static String context(String source) {
        return source.substring(source.indexOf(" context: "));
    }

    @Test
    void squadsSplitsHaveTheseCounts() {
        var asked = new Squad.Options(2.0, 200, Squad.Longer.DROP);
        TaskData data = new Squad().load(asked, Stored.files());
        assertThat(data.train().size() + data.development().size() + data.test().size()).isEqualTo(11_873 - 917);
        assertThat(data.description()).contains("longer ones left out (917 questions dropped)");
        long unanswerable = data.train().stream().filter(pair -> pair.target().isEmpty()).count()
                + data.heldOut().values().stream().flatMap(List::stream).filter(example -> example.references().equals(List.of(""))).count();
        assertThat(unanswerable).isBetween(5_000L, 5_945L);
        assertThat(data.test()).allMatch(example -> example.source().matches("(?s)question: .+ context: .+"));
    }

    /** The hash of the title decides; these are the counts of whole articles. */
    @ParameterizedTest
    @CsvSource({"1.1, 7745, 1410, 1415", "2.0, 8262, 1925, 1686"})
    void squadsArticlesAreWhereTheirTitlesHashTo(double version, int train, int development, int test) {
        counts(new Squad().load(new Squad.Options(version, 10_000, Squad.Longer.DROP), Stored.files()), train, development, test);
    }

    @Test
    void aWindowHasTheAnswer() {
        TaskData data = new Squad().load(new Squad.Options(1.1, 60, Squad.Longer.WINDOW), Stored.files());
        assertThat(data.train().size() + data.development().size() + data.test().size()).isBetween(10_560, 10_570);
        assertThat(data.train()).allMatch(pair -> context(pair.source()).contains(pair.target()));
        assertThat(data.train()).allMatch(pair -> context(pair.source()).substring(" context: ".length()).split("\\s+").length <= 60);
    }

    @Test
    void debsumHasItsCountsAndCutsLongDescriptions() {
        TaskData data = new DebianSummaries().load(new DebianSummaries.Options(20), Stored.files());
        counts(data, 31_479, 1_589, 1_743);
        assertThat(data.test().getFirst()).isEqualTo(new Example(
                "The goal of the game is to collect all the gold bullions found in each level and avoid crashing into",
                List.of("chase action game")));
        assertThat(data.metrics()).containsExactly("rouge-l", "rouge-1", "rouge-2");
    }

    @Test
    void otherDataHaveAnotherDigestAndTheSameDataTheSame() {
        var digests = new HashSet<String>();
        for (var language : List.of(Sigmorphon2020.Language.ADY, Sigmorphon2020.Language.BUL, Sigmorphon2020.Language.ADY)) {
            digests.add(new Sigmorphon2020().load(new Sigmorphon2020.Options(language), Stored.files()).digest());
        }
        assertThat(digests).hasSize(2).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    /** Needs no data: what is asked for is what is listed, and everything but two sets has an address. */
    @Test
    void filesAreListedWithoutLoading() {
        files(new Sigmorphon2020(), 45, new Sigmorphon2020.Options(Sigmorphon2020.Language.FRE), 3);
        files(new Sigmorphon2021(), 63, new Sigmorphon2021.Options(Sigmorphon2021.Language.WEL_SW), 3);
        files(new Scan(), 8, new Scan.Options(Scan.Split.LENGTH), 2);
        files(new Cogs(), 4, new Cogs.Options(), 4);
        files(new CodeXGlueTranslation(), 6, new CodeXGlueTranslation.Options(CodeXGlueTranslation.Direction.CS_TO_JAVA), 6);
        files(new Squad(), 4, new Squad.Options(1.1, 200, Squad.Longer.DROP), 2);
        files(new DebianSummaries(), 3, new DebianSummaries.Options(200), 3);
    }

    private static <O extends Record> void files(Task<O> task, int all, O options, int some) {
        assertThat(task.files()).hasSize(all).containsAll(task.files(options));
        assertThat(task.files(options)).hasSize(some);
        assertThat(task.files()).allMatch(file -> file.addresses().isEmpty() == (file.set().equals("squad-dev") || file.set().equals("debsum")));
        assertThat(task.files().stream().map(DataFile::addresses).flatMap(List::stream)).allMatch(address -> address.getScheme().equals("https"));
        assertThat(task.licence(options)).isNotBlank();
        assertThat(OptionDocs.of(task.optionsType())).allMatch(line -> !line.help().isEmpty() && !line.standard().isEmpty());
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> new Squad.Options(3, 200, Squad.Longer.DROP)).hasMessage("version 3.0: give 1.1 or 2.0");
        assertThatThrownBy(() -> new Squad.Options(2.0, 0, Squad.Longer.DROP)).hasMessage("contextWords 0 must be 1 or more");
        assertThatThrownBy(() -> new DebianSummaries.Options(0)).hasMessage("documentWords 0 must be 1 or more");
    }
}
