package org.encore.experiment.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fifteen hundred words of letters and what they are backwards: a task that is learnt in seconds. */
final class ReversedWords {

    private static final int WORDS = 1500;

    private ReversedWords() {}

    /** Writes {@code words.tsv}. */
    static void write(Path folder) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            String word = Integer.toString(i * 7919 % 100_003, 26).replaceAll("[0-9]", "x");
            text.append(word).append('\t').append(new StringBuilder(word).reverse()).append('\n');
        }
        Files.writeString(folder.resolve("words.tsv"), text.toString());
    }
}
