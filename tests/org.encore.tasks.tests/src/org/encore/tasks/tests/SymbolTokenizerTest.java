package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenizer;
import org.encore.tasks.tokenizer.SymbolTokenization;
import org.encore.tasks.tokenizer.SymbolTokenizer;
import org.encore.tasks.tokenizer.Symbols;
import org.junit.jupiter.api.Test;

class SymbolTokenizerTest {

    private static final SymbolTokenization SYMBOLS = new SymbolTokenization();
    private static final SymbolTokenization.Options TO_WORDS = new SymbolTokenization.Options(Symbols.LETTERS, Symbols.WORDS);
    private static final List<Pair> PAIRS = List.of(new Pair("ba", "b aa"), new Pair("c😀", "k"));

    private static Tokenizer learnt(SymbolTokenization.Options options) {
        return SYMBOLS.learn(options, PAIRS, Monitor.NONE);
    }

    @Test
    void aSymbolOfBothSidesHasOneId() {
        Tokenizer tokenizer = learnt(TO_WORDS);
        assertThat(tokenizer.size()).isEqualTo(4 + 4 + 2);                // a b c 😀, then aa k
        assertThat(tokenizer.encodeSource("b")).isEqualTo(tokenizer.encodeTarget("b"));
    }

    @Test
    void aLetterOutsideTheBasicPlaneIsOneLetter() {
        assertThat(learnt(TO_WORDS).encodeSource("c😀")).hasSize(2);
    }

    @Test
    void whatTrainingNeverShowedIsUnknownAndNotWritten() {
        Tokenizer tokenizer = learnt(TO_WORDS);
        assertThat(tokenizer.encodeSource("ï")).containsExactly(3);
        assertThat(tokenizer.decodeTarget(tokenizer.encodeTarget("aa ? k"))).isEqualTo("aa k");
    }

    @Test
    void whatWasWrittenReadsBackWithTheSameIds() {
        for (Symbols source : Symbols.values()) {
            for (Symbols target : Symbols.values()) {
                var options = new SymbolTokenization.Options(source, target);
                Tokenizer tokenizer = learnt(options);
                Tokenizer again = SYMBOLS.read(options, tokenizer.toJson());
                assertThat(again.toJson()).isEqualTo(tokenizer.toJson());
                assertThat(again.encodeSource("ba c")).isEqualTo(tokenizer.encodeSource("ba c"));
                assertThat(again.decodeTarget(again.encodeTarget("b aa"))).isEqualTo("b aa");
            }
        }
    }

    /** The digest of this text is part of what results depend on. */
    @Test
    void itIsWrittenInTheSameBytesByEveryProcess() {
        String json = learnt(TO_WORDS).toJson();
        assertThat(json.replaceAll("\\s+", "")).startsWith("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[{\"id\":0,"
                + "\"content\":\"<pad>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true},{\"id\":1,")
                .contains("\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[\\\\s\\\\S]\"},\"behavior\":\"Isolated\",\"invert\":false}");
    }

    @Test
    void otherFilesAreRefusedWithAReason() {
        assertThatThrownBy(() -> SYMBOLS.read(TO_WORDS, "{")).hasMessageStartingWith("this is no tokenizer.json");
        assertThatThrownBy(() -> SYMBOLS.read(TO_WORDS, "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}"))
                .hasMessage("this tokenizer.json has no word-level vocabulary, so it is none of tokenizer 'symbols'");
        assertThatThrownBy(() -> SYMBOLS.read(TO_WORDS, "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}}"))
                .hasMessage("this tokenizer.json does not begin with the special symbols [<pad>, <s>, </s>, <unk>]");
    }

    @Test
    void aSymbolTwiceIsRefused() {
        assertThatThrownBy(() -> new SymbolTokenizer(Symbols.LETTERS, Symbols.WORDS, List.of("a", "b", "a"))).hasMessageContaining("'a' stands twice");
    }
}
