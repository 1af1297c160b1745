package org.encore.tokenizers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.encore.api.Monitor;
import org.encore.api.Sha256;
import org.encore.api.Unavailable;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;

/**
 * A tokenizer that exists already, from its {@code tokenizer.json}. Nothing is learnt; truncation and padding that the file asks for are switched
 * off.
 */
public final class HuggingFaceTokenization implements Tokenization<HuggingFaceTokenization.Options> {

    /**
     * @param file tokenizer.json
     * @param sha256 of the file
     * @param pad token that fills rows up
     * @param start token that begins targets
     * @param end token that ends targets
     */
    public record Options(
            @Option(help = "the tokenizer.json; a relative path begins at the experiment file") Path file,
            @Option(help = "SHA-256 that the file must have, 64 hexadecimal digits; not checked if left out") Optional<String> sha256,
            @Option(help = "token that fills rows up; if left out <pad>, [PAD] or the like, else the end token") Optional<String> pad,
            @Option(help = "token that begins targets; if left out <s>, [CLS], <bos> or the like, else the pad token") Optional<String> start,
            @Option(help = "token that ends targets; if left out </s>, [SEP], <eos>, <|endoftext|> or the like") Optional<String> end) {

        public Options {
            if (sha256.isPresent() && !sha256.get().matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException("sha256 '" + sha256.get() + "': give 64 hexadecimal digits");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public void verify(Options options) {
        if (!Files.exists(options.file())) {
            throw new WrongOption("file", "there is no tokenizer at " + options.file() + ". Put a tokenizer.json there, or correct option 'file'.");
        }
    }

    @Override
    public List<String> keyParts(Options options) {
        return List.of(Sha256.of(bytes(options)));
    }

    @Override
    public Tokenizer learn(Options options, List<Pair> pairs, Monitor monitor) {
        byte[] bytes = bytes(options);
        String digest = Sha256.of(bytes);
        if (options.sha256().isPresent() && !options.sha256().get().equalsIgnoreCase(digest)) {
            throw new IllegalArgumentException(options.file() + " has SHA-256 " + digest + ", not " + options.sha256().get()
                    + ": it is another file than the experiment means");
        }
        try {
            return read(options, new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(options.file() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Tokenizer read(Options options, String json) {
        TokenizerFile file = TokenizerFile.parse(json);
        int end = SpecialTokens.END.in(file, options.end(), OptionalInt.empty());
        int pad = SpecialTokens.PAD.in(file, options.pad(), OptionalInt.of(end));
        int start = SpecialTokens.START.in(file, options.start(), OptionalInt.of(pad));
        return new JsonTokenizer(json, file.size(), pad, start, end, List.of());
    }

    private static byte[] bytes(Options options) {
        try {
            return Files.readAllBytes(options.file());
        } catch (NoSuchFileException e) {
            throw new Unavailable("there is no tokenizer at " + options.file(), "Put a tokenizer.json there, or correct option 'file'.");
        } catch (IOException e) {
            throw new Unavailable("the tokenizer at " + options.file() + " cannot be read: " + e.getMessage(), "Give a readable tokenizer.json.");
        }
    }
}
