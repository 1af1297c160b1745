import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the task's data of the CMU dictionary, at build time: a file for each split, with a line for each word, which is followed by its
 * pronunciations, tabs between. Words with other characters than a-z and the apostrophe are left out. To split 124,614 words by their digests takes
 * longer than to read them: it is done once here instead of in every process.
 *
 * <p>Two arguments: the dictionary, and the folder for the files.
 */
final class Prepare {

    /** Of the file in de.sciss:sphinx4-data:1.0.0. */
    private static final String SHA256 = "bab57556ec6547e2e4d712e33d144a0e46739da48420c12f2e53e77d0d976c19";

    private Prepare() {}

    /** Which part of the data a word belongs to: by a hash of the word, so that it never depends on order or on other words. */
    private enum Split {
        TEST("test.tsv"), DEVELOPMENT("development.tsv"), TRAIN("train.tsv");

        final String file;

        Split(String file) {
            this.file = file;
        }

        /** First 8 hexadecimal digits of sha1(word) mod 100: below 10 test, below 15 development, else training. */
        static Split of(String word) throws NoSuchAlgorithmException {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(word.getBytes(StandardCharsets.UTF_8));
            long bucket = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % 100;
            return bucket < 10 ? TEST : bucket < 15 ? DEVELOPMENT : TRAIN;
        }
    }

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        byte[] dictionary = Files.readAllBytes(Path.of(arguments[0]));
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(dictionary));
        if (!digest.equals(SHA256)) {
            throw new IOException(arguments[0] + " is not the expected file: its SHA-256 is " + digest + ", not " + SHA256);
        }
        Map<Split, List<String>> lines = new EnumMap<>(Split.class);
        for (Map.Entry<String, List<String>> said : pronunciations(new String(dictionary, StandardCharsets.UTF_8)).entrySet()) {
            lines.computeIfAbsent(Split.of(said.getKey()), split -> new ArrayList<>()).add(said.getKey() + "\t" + String.join("\t", said.getValue()));
        }
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        for (Map.Entry<Split, List<String>> split : lines.entrySet()) {
            Files.writeString(folder.resolve(split.getKey().file), String.join("\n", split.getValue()) + "\n");
        }
    }

    /** Word to its pronunciations, in the order of the file: phonemes with spaces between, without stress marks. */
    private static Map<String, List<String>> pronunciations(String dictionary) {
        var pronunciations = new LinkedHashMap<String, List<String>>();
        for (String line : dictionary.lines().toList()) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            int alternative = word.indexOf('(');
            word = alternative < 0 ? word : word.substring(0, alternative);
            if (space > 0 && word.matches("[a-z']+")) {
                pronunciations.computeIfAbsent(word, w -> new ArrayList<>()).add(line.substring(space + 1).strip());
            }
        }
        return pronunciations;
    }
}
