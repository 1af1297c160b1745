package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.encore.api.Monitor;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenizer;
import org.encore.tokenizers.BytePairEncoding;
import org.junit.jupiter.api.Test;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

class BytePairEncodingTest {

    private static final BytePairEncoding BPE = new BytePairEncoding();
    private static final BytePairEncoding.Options OPTIONS = new BytePairEncoding.Options(900, 2);
    private static final List<String> CORPUS = lines("corpus.txt");
    private static final Tokenizer LEARNT = BPE.learn(OPTIONS, pairs(CORPUS), Monitor.NONE);

    private static List<String> lines(String file) {
        try (InputStream in = BytePairEncodingTest.class.getResourceAsStream(file)) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Half of the texts as sources, the others as targets. */
    private static List<Pair> pairs(List<String> texts) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < texts.size(); i += 2) {
            pairs.add(new Pair(texts.get(i), i + 1 < texts.size() ? texts.get(i + 1) : ""));
        }
        return pairs;
    }

    private static JsonObject model(Tokenizer tokenizer) {
        return JsonParser.parseString(tokenizer.toJson()).getAsJsonObject().getAsJsonObject("model");
    }

    private static List<List<String>> merges(Tokenizer tokenizer) {
        return model(tokenizer).getAsJsonArray("merges").asList().stream().map(merge -> List.of(merge.getAsString().split(" "))).toList();
    }

    private static Map<String, Integer> vocabulary(Tokenizer tokenizer) {
        var vocabulary = new LinkedHashMap<String, Integer>();
        model(tokenizer).getAsJsonObject("vocab").entrySet().forEach(entry -> vocabulary.put(entry.getKey(), entry.getValue().getAsInt()));
        return vocabulary;
    }

    /** tests/golden/make_bpe_golden.py made the file with Hugging Face's trainer. */
    @Test
    void mergesAreThoseOfHuggingFacesTrainer() {
        assertThat(merges(LEARNT)).isEqualTo(lines("merges.txt").stream().map(line -> List.of(line.split(" "))).toList());
    }

    @Test
    void mergesAreThoseOfTheDefinition() {
        assertThat(merges(LEARNT)).isEqualTo(PlainBpe.learn(CORPUS, 900 - 259, 2));
        var random = new SplittableRandom(7);
        for (int round = 0; round < 20; round++) {
            // few letters and many repetitions: ties, overlaps, and tokens that come about in several ways
            List<String> texts = java.util.stream.Stream.generate(() -> text(random, "aab b\n", 30)).limit(8).toList();
            Tokenizer learnt = BPE.learn(new BytePairEncoding.Options(300, 1 + round % 3), pairs(texts), Monitor.NONE);
            assertThat(merges(learnt)).as("of %s", texts).isEqualTo(PlainBpe.learn(texts, 300 - 259, 1 + round % 3));
        }
    }

    @Test
    void idsAreThoseOfPlainEncoding() {
        List<List<String>> merges = merges(LEARNT);
        Map<String, Integer> vocabulary = vocabulary(LEARNT);
        for (String text : CORPUS) {
            if (!text.contains("<s>")) {
                assertThat(LEARNT.encodeSource(text)).as(text).isEqualTo(PlainBpe.encode(text, merges, vocabulary))
                        .isEqualTo(LEARNT.encodeTarget(text));
            }
        }
    }

    @Test
    void everyTextComesBackExactly() {
        CORPUS.forEach(BytePairEncodingTest::comesBack);
        comesBack("");
        comesBack("\0 \u0001\u0007\t\r\n\u001b\u007f\u0080\u0085 \u00a0\u2028\u2029\u3000\ufeff\ufffd\uffff " + Character.toString(0x10FFFF));
        comesBack("e\u0301 \u0301\u0301 👩\u200d👩\u200d👧\u200d👦 🇩🇪 \u202eabc\u202c");
        comesBack("<s></s><pad><<s>></s</s>> <s><s>");
        var random = new SplittableRandom(3);
        for (int i = 0; i < 2_000; i++) {
            comesBack(text(random, "", 40));
        }
    }

    private static void comesBack(String text) {
        int[] ids = LEARNT.encodeTarget(text);
        assertThat(java.util.Arrays.stream(ids)).allMatch(id -> id >= 3 && id < LEARNT.size());
        assertThat(LEARNT.decodeTarget(ids)).isEqualTo(text);
    }

    /** Of the letters, or of all code points, the lower planes more often. */
    private static String text(SplittableRandom random, String letters, int longest) {
        var text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        while (text.length() < length) {
            if (!letters.isEmpty()) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            } else {
                int c = random.nextInt(Character.MAX_CODE_POINT + 1) >> random.nextInt(15);
                text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? ' ' : c);
            }
        }
        return text.toString();
    }

    /** Half a letter is no text; it becomes signs for what cannot be read, and the rest stays. */
    @Test
    void halfASurrogatePairIsReplaced() {
        assertThat(LEARNT.decodeTarget(LEARNT.encodeTarget("a\ud83d b"))).matches("a\ufffd+ b");
    }

    @Test
    void specialTokensAreNoText() {
        assertThat(LEARNT.decodeTarget(new int[] {1, LEARNT.encodeTarget("a")[0], 2, 0})).isEqualTo("a");
        assertThat(List.of(LEARNT.padToken(), LEARNT.startToken(), LEARNT.endToken())).containsExactly(0, 1, 2);
    }

    @Test
    void aCorpusWithFewRepetitionsHasASmallerVocabulary() {
        assertThat(LEARNT.size()).isEqualTo(259 + 251).isEqualTo(vocabulary(LEARNT).size());
        assertThat(BPE.learn(OPTIONS, List.of(), Monitor.NONE).size()).isEqualTo(259);
        assertThat(BPE.learn(new BytePairEncoding.Options(300, 1), pairs(CORPUS), Monitor.NONE).size()).isEqualTo(300);
    }

    @Test
    void theSamePairsInAnyOrderGiveTheSameBytes() {
        var reversed = new ArrayList<>(pairs(CORPUS)).reversed();
        assertThat(BPE.learn(OPTIONS, reversed, Monitor.NONE).toJson()).isEqualTo(LEARNT.toJson());
    }

    @Test
    void whatWasWrittenReadsBackWithTheSameIds() {
        Tokenizer again = BPE.read(OPTIONS, LEARNT.toJson());
        assertThat(again.toJson()).isEqualTo(LEARNT.toJson());
        assertThat(again.size()).isEqualTo(LEARNT.size());
        assertThat(CORPUS).allSatisfy(text -> assertThat(again.encodeSource(text)).isEqualTo(LEARNT.encodeSource(text)));
    }

    @Test
    void otherFilesAreRefusedWithAReason() {
        assertThatThrownBy(() -> BPE.read(OPTIONS, "{")).hasMessageStartingWith("this is no tokenizer.json: ");
        assertThatThrownBy(() -> BPE.read(OPTIONS, "[]")).hasMessage("this is no tokenizer.json: it has no model with a vocabulary");
        assertThatThrownBy(() -> BPE.read(OPTIONS, "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0, \"b\": 2}}}"))
                .hasMessage("this tokenizer.json is not one of tokenizer 'bpe': expected a BPE model whose first tokens are "
                        + "[<pad>, <s>, </s>], not WordLevel "
                        + "with [a, nothing, b]");
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> new BytePairEncoding.Options(258, 2))
                .hasMessage("vocabulary 258: give 259 (special tokens and bytes alone) to 1048576");
        assertThatThrownBy(() -> new BytePairEncoding.Options(300, 0)).hasMessage("minFrequency 0 must be 1 or more");
    }

    @Test
    void itTellsHowFarItIsAndStopsWhenAsked() {
        var told = new ArrayList<String>();
        var asked = new AtomicInteger();
        Monitor stopsDuringMerges = new Monitor() {
            @Override
            public void progress(long done, long total, String unit) {
                told.add(done + " of " + total + " " + unit);
            }

            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > 2;
            }
        };
        assertThatThrownBy(() -> BPE.learn(OPTIONS, pairs(CORPUS), stopsDuringMerges)).isInstanceOf(CancellationException.class);
        assertThat(told).containsExactly("0 of 12 pairs", "0 of 641 merges");
    }
}
