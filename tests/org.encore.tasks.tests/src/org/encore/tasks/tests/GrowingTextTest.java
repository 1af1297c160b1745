package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.encore.api.Monitor;
import org.encore.api.task.GrowingText;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenizer;
import org.encore.tokenizers.BytePairEncoding;
import org.encore.tokenizers.HuggingFaceTokenization;
import org.junit.jupiter.api.Test;

/** Text that is told token by token is the text of all tokens. */
class GrowingTextTest {

    private static final String MIXED = "Größe 12 °C, naïve café – 東京都, 🇩🇪 👩‍👩‍👧‍👦 \uFFFD e\u0301 \n\tмир";
    /** Byte-level: tokens are bytes of letters, and some of several letters. */
    private static final Tokenizer BYTES = new BytePairEncoding().learn(new BytePairEncoding.Options(300, 2),
            List.of(new Pair("the theatre over there", "東京 東京 é é ü ü")), Monitor.NONE);

    private static String told(Tokenizer tokenizer, int[] before, int... ids) {
        var text = new GrowingText(tokenizer, before);
        var told = new StringBuilder();
        for (int id : ids) {
            String expected = text.with(id);
            String added = text.add(id);
            assertThat(added).isEqualTo(expected);
            told.append(added);
        }
        return told.append(text.rest()).toString();
    }

    @Test
    void ofTextsWhoseLettersAreSplitOverTokens() {
        String text = MIXED.repeat(20);
        assertThat(told(BYTES, new int[0], BYTES.encodeTarget(text))).isEqualTo(text);
        for (String letter : List.of("ß", "都", "👩")) {
            int[] ids = BYTES.encodeTarget(letter);
            assertThat(ids.length).isGreaterThan(1);
            var growing = new GrowingText(BYTES, BYTES.encodeTarget("x"));
            for (int i = 0; i < ids.length - 1; i++) {
                assertThat(growing.add(ids[i])).as("half a letter is not told").isEmpty();
            }
            assertThat(growing.add(ids[ids.length - 1])).isEqualTo(letter);
        }
    }

    /** As an untrained model writes: bytes that are no text, and special tokens between them. */
    @Test
    void ofAnyTokens() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            int length = random.nextInt(300);
            int[] before = BYTES.encodeTarget(round % 3 == 0 ? "" : MIXED.repeat(random.nextInt(5)) + "x");
            int fewer = round % 2 == 0 ? 0 : 150;   // leaves letters out: more of what is no text
            int[] ids = random.ints(length, 0, BYTES.size() - fewer).map(id -> id < 3 ? id : id + fewer).toArray();
            var all = new ArrayList<Integer>(Arrays.stream(before).boxed().toList());
            Arrays.stream(ids).forEach(all::add);
            String whole = BYTES.decodeTarget(all.stream().mapToInt(Integer::intValue).toArray());
            assertThat(told(BYTES, before, ids)).as("round %d: %s", round, Arrays.toString(ids))
                    .isEqualTo(whole.substring(BYTES.decodeTarget(before).length()));
        }
    }

    @Test
    void ofATokenizerThatPutsSpacesBetween() {
        Tokenizer words = new HuggingFaceTokenization().read(NOTHING, """
                {"version": "1.0", "added_tokens": [{"id": 0, "content": "</s>", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
                 "normalized": false}], "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {"</s>": 0, "a": 1, "rose": 2, "is": 3}, "unk_token": "</s>"}}""");
        int[] ids = words.encodeTarget("a rose is a rose ".repeat(40));
        ids[3] = 0;
        ids[100] = 0;
        assertThat(told(words, new int[0], ids)).isEqualTo(words.decodeTarget(ids));
        assertThat(told(words, Arrays.copyOf(ids, 90), Arrays.copyOfRange(ids, 90, 200))).startsWith(" a rose");
    }

    private static final HuggingFaceTokenization.Options NOTHING = new HuggingFaceTokenization.Options(Path.of("none"), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    /** As Llama's: spaces before words, the first one dropped, and letters that have no token of their own in bytes. */
    private static Tokenizer fallback() {
        var vocabulary = new StringBuilder("\"<unk>\": 0, \"<s>\": 1, \"</s>\": 2");
        for (int b = 0; b < 256; b++) {
            vocabulary.append(", \"<0x%02X>\": %d".formatted(b, 3 + b));
        }
        vocabulary.append(", \"▁\": 259, \"a\": 260, \"b\": 261, \"▁a\": 262");
        return new HuggingFaceTokenization().read(NOTHING, """
                {"version": "1.0", "added_tokens": [{"id": 1, "content": "<s>", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
                 "normalized": false}, {"id": 2, "content": "</s>", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
                 "normalized": false}], "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
                 {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
                 "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
                 {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
                 "model": {"type": "BPE", "unk_token": "<unk>", "byte_fallback": true, "fuse_unk": true, "vocab": {VOCABULARY}, "merges": ["▁ a"]}}
                """.replace("VOCABULARY", vocabulary));
    }

    @Test
    void ofATokenizerThatFallsBackToBytes() {
        Tokenizer llama = fallback();
        String text = "ab  a 東京b é👩 ab".repeat(30);
        assertThat(told(llama, new int[0], llama.encodeTarget(text))).isEqualTo(text);
        assertThat(told(llama, new int[0], 259, 259, 262, 1, 262)).isEqualTo(llama.decodeTarget(new int[] {259, 259, 262, 1, 262}));
        int[] before = llama.encodeTarget("a 東京".repeat(50));
        assertThat(told(llama, before, 259, 260)).isEqualTo(" a");
    }

    /** That decoder takes a whole run of bytes back when one of them begins no letter; what was told stays, and what comes after is told. */
    @Test
    void ofADecoderThatTakesBackWhatItSaid() {
        Tokenizer llama = fallback();
        int[] letter = Arrays.copyOfRange(llama.encodeTarget("東"), 1, 4);
        int[] ids = {letter[0], letter[1], letter[2], 3 + 0xff, 260, 262, 261};
        assertThat(llama.decodeTarget(ids)).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFDa ab");
        assertThat(told(llama, new int[] {260}, ids)).isEqualTo("東\uFFFDa ab");
        assertThat(told(llama, new int[] {260}, letter[0], letter[1], letter[2], letter[0])).isEqualTo("東\uFFFD");
        assertThat(told(llama, new int[] {260}, letter[0], letter[1], letter[2], letter[0], letter[1], letter[2])).isEqualTo("東東");
    }

    @Test
    void aTextCostsInProportionToItsLength() {
        var decoded = new AtomicLong();
        Tokenizer counting = new Tokenizer() {
            @Override
            public int size() {
                return BYTES.size();
            }

            @Override
            public int padToken() {
                return BYTES.padToken();
            }

            @Override
            public int startToken() {
                return BYTES.startToken();
            }

            @Override
            public int endToken() {
                return BYTES.endToken();
            }

            @Override
            public int[] encodeSource(String text) {
                return BYTES.encodeSource(text);
            }

            @Override
            public int[] encodeTarget(String text) {
                return BYTES.encodeTarget(text);
            }

            @Override
            public String decodeTarget(int[] ids) {
                decoded.addAndGet(ids.length);
                return BYTES.decodeTarget(ids);
            }

            @Override
            public String toJson() {
                return BYTES.toJson();
            }
        };
        int[] ids = BYTES.encodeTarget(MIXED.repeat(50));
        var text = new GrowingText(counting, ids);
        Arrays.stream(ids).forEach(text::add);
        assertThat(decoded.get()).as("tokens decoded for %d after as many", ids.length).isLessThan(80L * ids.length);
        assertThat(ids.length).isGreaterThan(3000);
    }
}
