package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.task.Tokenizer;
import org.encore.tokenizers.HuggingFaceTokenization;
import org.encore.tokenizers.HuggingFaceTokenization.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceTokenizationTest {

    private static final HuggingFaceTokenization HUGGING_FACE = new HuggingFaceTokenization();
    private static final Optional<String> GUESS = Optional.empty();

    @TempDir
    Path folder;

    /** A file with a model, and special tokens with ids from 10. */
    private static String json(String rest, String model, String... special) {
        String added = Arrays.stream(special).map(token -> """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}"""
                .formatted(10 + List.of(special).indexOf(token), token)).collect(Collectors.joining(", "));
        return """
                {"version": "1.0", %s "added_tokens": [%s], "pre_tokenizer": {"type": "Whitespace"}, "model": %s}""".formatted(rest, added, model);
    }

    private static final String WORDS = "{\"type\": \"WordLevel\", \"unk_token\": \"a\", \"vocab\": {\"a\": 0, \"b\": 1, \"c\": 2}}";
    private static final String PIECES = "{\"type\": \"Unigram\", \"unk_id\": 0, \"vocab\": [[\"a\", -1.0], [\"b\", -1.5], [\"ab\", -2.0]]}";

    private Options options(String json, Optional<String> pad, Optional<String> start, Optional<String> end) throws IOException {
        return new Options(Files.writeString(folder.resolve("tokenizer.json"), json), Optional.empty(), pad, start, end);
    }

    private List<Integer> special(String... tokens) throws IOException {
        Tokenizer tokenizer = HUGGING_FACE.learn(options(json("", WORDS, tokens), GUESS, GUESS, GUESS), List.of(), Monitor.NONE);
        return List.of(tokenizer.padToken(), tokenizer.startToken(), tokenizer.endToken());
    }

    @Test
    void specialTokensOfUsualNamesAreFound() throws IOException {
        assertThat(special("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")).as("as BERT has").containsExactly(10, 12, 13);
        assertThat(special("<s>", "<pad>", "</s>", "<unk>")).as("as BART has").containsExactly(11, 10, 12);
        assertThat(special("<pad>", "</s>", "<unk>")).as("as T5 has, whose decoder starts with padding").containsExactly(10, 10, 11);
        assertThat(special("<|endoftext|>")).as("as GPT-2 has").containsExactly(10, 10, 10);
        assertThat(special("<|begin_of_text|>", "<|end_of_text|>")).as("as Llama 3 has").containsExactly(11, 10, 11);
    }

    @Test
    void specialTokensMayBeNamed() throws IOException {
        var options = options(json("", WORDS, "<x>", "<y>"), Optional.of("c"), Optional.of("<x>"), Optional.of("<y>"));
        Tokenizer tokenizer = HUGGING_FACE.learn(options, List.of(), Monitor.NONE);
        assertThat(List.of(tokenizer.padToken(), tokenizer.startToken(), tokenizer.endToken(), tokenizer.size())).containsExactly(2, 10, 11, 12);
        assertThat(tokenizer.decodeTarget(new int[] {10, 0, 1, 11, 2})).isEqualTo("a b");
    }

    @Test
    void whatCannotBeGuessedIsAskedForWithTheCandidates() {
        assertThatThrownBy(() -> special("<x>", "<y>")).hasMessage(folder.resolve("tokenizer.json")
                + ": which token does the tokenizer have for 'end'? None is "
                + "called </s>, [SEP], <eos>, [EOS], <|eos|>, <|end_of_text|>, <|endoftext|>, <|im_end|>. Name it: "
                + "{huggingface: {end: TOKEN}}, such as one of "
                + "<x>, <y>.");
        assertThatThrownBy(() -> special()).hasMessageEndingWith("Name it: {huggingface: {end: TOKEN}}; any token of its vocabulary will do.");
    }

    @Test
    void aNamedTokenThatIsNotThereIsToldWithTheNearest() {
        assertThatThrownBy(() -> HUGGING_FACE.learn(options(json("", WORDS, "</s>", "<pad>"), Optional.of("<pd>"), GUESS, GUESS), List.of(),
                Monitor.NONE))
                .hasMessage(folder.resolve("tokenizer.json")
                        + ": the tokenizer has no token '<pd>' for 'pad'. Did you mean '<pad>'? Valid: </s>, <pad>.");
    }

    @Test
    void everyKindOfModelEncodes() throws IOException {
        for (String model : List.of(WORDS, PIECES)) {
            Tokenizer tokenizer = HUGGING_FACE.learn(options(json("", model, "</s>"), GUESS, GUESS, GUESS), List.of(), Monitor.NONE);
            assertThat(tokenizer.encodeSource("b a")).containsExactly(1, 0);
            assertThat(tokenizer.size()).isEqualTo(11);
        }
    }

    @Test
    void truncationAndPaddingOfTheFileAreSwitchedOff() throws IOException {
        String cut = """
                "truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
                "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0,
                        "pad_token": "a"},""";
        Tokenizer tokenizer = HUGGING_FACE.learn(options(json(cut, WORDS, "</s>"), GUESS, GUESS, GUESS), List.of(), Monitor.NONE);
        assertThat(tokenizer.encodeTarget("a b c b")).containsExactly(0, 1, 2, 1);
    }

    @Test
    void itIsReadAgainWithoutTheFile() throws IOException {
        Options options = options(json("", WORDS, "</s>"), GUESS, GUESS, GUESS);
        String json = HUGGING_FACE.learn(options, List.of(), Monitor.NONE).toJson();
        Files.delete(options.file());
        assertThat(json).isEqualTo(json("", WORDS, "</s>"));
        assertThat(HUGGING_FACE.read(options, json).encodeSource("c")).containsExactly(2);
    }

    @Test
    void anotherFileIsAnotherKeyAndFailsTheDigest() throws IOException {
        Options options = options(json("", WORDS, "</s>"), GUESS, GUESS, GUESS);
        String digest = HUGGING_FACE.keyParts(options).getFirst();
        var strict = new Options(options.file(), Optional.of(digest.toUpperCase(java.util.Locale.ROOT)), GUESS, GUESS, GUESS);
        assertThat(HUGGING_FACE.learn(strict, List.of(), Monitor.NONE).size()).isEqualTo(11);
        Files.writeString(options.file(), json("", PIECES, "</s>"));
        String now = HUGGING_FACE.keyParts(options).getFirst();
        assertThat(now).isNotEqualTo(digest);
        assertThatThrownBy(() -> HUGGING_FACE.learn(strict, List.of(), Monitor.NONE)).hasMessage(options.file() + " has SHA-256 " + now + ", not "
                + digest.toUpperCase(java.util.Locale.ROOT) + ": it is another file than the experiment means");
        assertThatThrownBy(() -> new Options(options.file(), Optional.of("12"), GUESS, GUESS, GUESS))
                .hasMessage("sha256 '12': give 64 hexadecimal digits");
    }

    @Test
    void filesThatAreNoneAreToldWithTheirPlace() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        assertThatThrownBy(() -> HUGGING_FACE.learn(new Options(file, GUESS, GUESS, GUESS, GUESS), List.of(), Monitor.NONE))
                .isInstanceOf(Unavailable.class)
                .hasMessage("there is no tokenizer at " + file + ". Put a tokenizer.json there, or correct option 'file'.");
        assertThatThrownBy(() -> HUGGING_FACE.learn(options("{}", GUESS, GUESS, GUESS), List.of(), Monitor.NONE))
                .hasMessage(file + ": this is no tokenizer.json: it has no model with a vocabulary");
        assertThatThrownBy(() -> HUGGING_FACE.learn(options("{\"model\": {\"type\": \"Magic\", \"vocab\": {\"</s>\": 0}}}", GUESS, GUESS, GUESS),
                List.of(),
                Monitor.NONE)).hasMessageStartingWith(file + ": this is no tokenizer.json: ");
    }
}
