package org.encore.data.cmudict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Unavailable;

/**
 * Words and their pronunciations, in the order of the file. Words with other characters than a-z and the apostrophe are left out.
 *
 * @param pronunciations word to its pronunciations, phonemes with spaces between, without stress marks
 */
record Dictionary(Map<String, List<String>> pronunciations) {

    static final String FILE = "cmudict-en-us.dict";
    /** Of the file in de.sciss:sphinx4-data:1.0.0. */
    static final String SHA256 = "bab57556ec6547e2e4d712e33d144a0e46739da48420c12f2e53e77d0d976c19";

    static Dictionary read() {
        byte[] bytes;
        try (InputStream file = Dictionary.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new Unavailable("the CMU dictionary is not in bundle org.encore.data.cmudict",
                        "Build it with ./mvnw verify, which fetches it.");
            }
            bytes = file.readAllBytes();
        } catch (IOException e) {
            throw new Unavailable("the CMU dictionary cannot be read: " + e.getMessage(), "Build the bundle anew with ./mvnw verify.");
        }
        if (!sha256(bytes).equals(SHA256)) {
            throw new Unavailable("the CMU dictionary is not the expected file (SHA-256 " + sha256(bytes) + ")",
                    "Build the bundle anew with ./mvnw verify.");
        }
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    static Dictionary parse(String text) {
        var pronunciations = new LinkedHashMap<String, List<String>>();
        text.lines().parallel().map(Line::of).forEachOrdered(line -> line.ifPresent(
                said -> pronunciations.computeIfAbsent(said.word(), w -> new ArrayList<>(1)).add(said.pronunciation())));
        return new Dictionary(pronunciations);
    }

    private record Line(String word, String pronunciation) {

        /** Nothing for a word with other characters, and for what is no line of a dictionary. */
        static Optional<Line> of(String line) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            int alternative = word.indexOf('(');
            word = alternative < 0 ? word : word.substring(0, alternative);
            return space > 0 && !word.isEmpty() && plain(word) ? Optional.of(new Line(word, line.substring(space + 1).strip())) : Optional.empty();
        }
    }

    private static boolean plain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c < 'a' || c > 'z') && c != '\'') {
                return false;
            }
        }
        return true;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
