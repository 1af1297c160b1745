package com.example.mingru;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import org.encore.api.option.Option;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;

/** Words of random letters, to be spelled backwards: {@code abc} to {@code c b a}. Whether a word is held out depends on the word alone. */
public final class Reverse implements Task<Reverse.Options> {

    private static final int LETTERS = 26;
    private static final int PARTS = 20;

    /** What can be chosen. */
    public record Options(
            @Option(value = "20000", help = "how many different words there are, held-out ones included") int words,
            @Option(value = "3", help = "length of the shortest", unit = "letters") int shortest,
            @Option(value = "12", help = "length of the longest", unit = "letters") int longest,
            @Option(value = "1", help = "seed of the words") long seed) {

        public Options {
            if (shortest < 1 || longest < shortest || words < 1) {
                throw new IllegalArgumentException("words " + words + ", shortest " + shortest + ", longest " + longest
                        + ": give positive numbers, and shortest at most longest");
            }
            if (Math.pow(LETTERS, longest) < 2.0 * words) {
                throw new IllegalArgumentException(words + " different words of up to " + longest
                        + " letters are hard to find. Give a larger longest.");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public String licence(Options options) {
        return "Generated; nobody's.";
    }

    @Override
    public TaskData load(Options options, DataFiles files) {
        Set<String> words = words(options);
        var train = new ArrayList<TaskData.Pair>();
        var development = new ArrayList<TaskData.Example>();
        var test = new ArrayList<TaskData.Example>();
        for (String word : words) {
            String backwards = backwards(word);
            switch (Byte.toUnsignedInt(sha256(word)[0]) % PARTS) {
                case 0 -> development.add(new TaskData.Example(word, List.of(backwards)));
                case 1 -> test.add(new TaskData.Example(word, List.of(backwards)));
                default -> train.add(new TaskData.Pair(word, backwards));
            }
        }
        String description = String.format(Locale.ROOT,
                "words of %d to %d random letters, to be spelled backwards: %,d to learn from, %,d for development, %,d for the test",
                options.shortest(), options.longest(), train.size(), development.size(), test.size());
        String digest = HexFormat.of().formatHex(sha256(String.join(" ", words)));
        return new TaskData(description, digest, "{symbols: {target: words}}", train, development, test, List.of("wer", "per", "correct-prefix"));
    }

    /** The same in every process: the Java platform says what java.util.Random gives. */
    private static Set<String> words(Options options) {
        var random = new Random(options.seed());
        var words = new LinkedHashSet<String>();
        while (words.size() < options.words()) {
            int length = options.shortest() + random.nextInt(options.longest() - options.shortest() + 1);
            var word = new StringBuilder();
            for (int i = 0; i < length; i++) {
                word.append((char) ('a' + random.nextInt(LETTERS)));
            }
            words.add(word.toString());
        }
        return words;
    }

    static String backwards(String word) {
        return String.join(" ", new StringBuilder(word).reverse().toString().split(""));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
