package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.Monitor;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.data.cmudict.Pronunciation;
import org.encore.tasks.tokenizer.SymbolTokenization;
import org.encore.tasks.tokenizer.Symbols;
import org.junit.jupiter.api.Test;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

/** The dictionary as it really is. */
class PronunciationTest {

    private static final TaskData DATA = new Pronunciation().load(new Pronunciation.Options(), Files.NONE);
    private static final Tokenizer TOKENIZER = new SymbolTokenization().learn(new SymbolTokenization.Options(Symbols.LETTERS, Symbols.WORDS), DATA.train(),
            Monitor.NONE);

    @Test
    void theSplitHasTheCommittedCounts() {
        assertThat(DATA.train()).hasSize(113_410);
        assertThat(DATA.development()).hasSize(6_291);
        assertThat(DATA.test()).hasSize(12_333);
        assertThat(DATA.metrics()).containsExactly("per", "wer");
    }

    @Test
    void noHeldOutWordIsLearnt() {
        Set<String> learnt = DATA.train().stream().map(TaskData.Pair::source).collect(Collectors.toSet());
        var heldOut = new HashSet<String>();
        DATA.development().forEach(e -> heldOut.add(e.source()));
        DATA.test().forEach(e -> assertThat(heldOut.add(e.source())).isTrue());
        assertThat(java.util.Collections.disjoint(heldOut, learnt)).isTrue();
    }

    /** First 8 hexadecimal digits of sha1(word) mod 100: below 10 test, below 15 development, else training. */
    @Test
    void everyWordIsInTheSplitThatItsDigestNames() throws NoSuchAlgorithmException {
        var sha1 = MessageDigest.getInstance("SHA-1");
        assertThat(DATA.test()).allMatch(e -> bucket(sha1, e.source()) < 10);
        assertThat(DATA.development()).allMatch(e -> bucket(sha1, e.source()) >= 10 && bucket(sha1, e.source()) < 15);
        assertThat(DATA.train()).allMatch(p -> bucket(sha1, p.source()) >= 15);
    }

    private static int bucket(MessageDigest sha1, String word) {
        String digits = HexFormat.of().formatHex(sha1.digest(word.getBytes(StandardCharsets.UTF_8))).substring(0, 8);
        return (int) (Long.parseLong(digits, 16) % 100);
    }

    /** Two words of the file with two pronunciations each, one on either side of the split. */
    @Test
    void alternativePronunciationsAreFurtherPairsOrReferences() {
        assertThat(DATA.train().stream().filter(p -> p.source().equals("hello")).map(TaskData.Pair::target))
                .containsExactly("HH AH L OW", "HH EH L OW");
        assertThat(DATA.test().stream().filter(e -> e.source().equals("adult")).map(TaskData.Example::references))
                .containsExactly(List.of("AH D AH L T", "AE D AH L T"));
    }

    @Test
    void everySourceIsAWordOfLettersAndApostrophes() {
        assertThat(DATA.train()).allMatch(p -> p.source().matches("[a-z']+"));
        assertThat(DATA.test()).allMatch(e -> e.source().matches("[a-z']+") && !e.references().isEmpty());
        assertThat(DATA.development()).allMatch(e -> e.source().matches("[a-z']+") && !e.references().isEmpty());
    }

    @Test
    void theDigestIsOfTheFile() {
        assertThat(DATA.digest()).isEqualTo("bab57556ec6547e2e4d712e33d144a0e46739da48420c12f2e53e77d0d976c19");
    }

    @Test
    void everyWordAndPronunciationHasIdsAndComesBack() {
        assertThat(DATA.tokenizer()).isEqualTo("{symbols: {target: words}}");
        assertThat(TOKENIZER.size()).isEqualTo(4 + 27 + 39);
        for (TaskData.Pair pair : DATA.train()) {
            assertThat(TOKENIZER.encodeSource(pair.source())).hasSize(pair.source().length());
            assertThat(TOKENIZER.decodeTarget(TOKENIZER.encodeTarget(pair.target()))).isEqualTo(pair.target());
        }
    }

    @Test
    void theTokenizerFileIsReadByHuggingFacesLibraryInsideTheFramework() throws IOException {
        var json = new ByteArrayInputStream(TOKENIZER.toJson().getBytes(StandardCharsets.UTF_8));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(HuggingFaceTokenizer.class.getClassLoader());
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(json, Map.of())) {
            int[] expected = TOKENIZER.encodeSource("don't");
            assertThat(java.util.Arrays.stream(tokenizer.encode("don't", false, false).getIds()).mapToInt(id -> (int) id).toArray()).isEqualTo(expected);
            long[] target = java.util.Arrays.stream(TOKENIZER.encodeTarget("HH AH L OW")).asLongStream().toArray();
            assertThat(tokenizer.decode(target, true)).isEqualTo("HH AH L OW");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
