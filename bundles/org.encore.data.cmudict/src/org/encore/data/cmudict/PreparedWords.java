package org.encore.data.cmudict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import org.encore.api.Unavailable;

/** A file that the build made of the dictionary: a line for each word, with its pronunciations behind it, tabs between. */
final class PreparedWords {

    private PreparedWords() {}

    /** @param said is told each word with its pronunciations, in the order of the dictionary */
    static void read(String file, BiConsumer<String, List<String>> said) {
        byte[] bytes = bytes(file);
        var parts = new ArrayList<String>();
        int from = 0;
        // by bytes, since most commands that need the data are short, and what runs for the first time is slow: this is a third of what lines and splits take
        for (int at = 0; at < bytes.length; at++) {
            byte b = bytes[at];
            if (b == '\t' || b == '\n') {
                parts.add(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1));
                from = at + 1;
                if (b == '\n') {
                    said.accept(parts.getFirst(), List.copyOf(parts.subList(1, parts.size())));
                    parts.clear();
                }
            }
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = PreparedWords.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new Unavailable("the CMU dictionary is not in bundle org.encore.data.cmudict", "Build it with ./mvnw verify, which fetches it.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Unavailable("the CMU dictionary cannot be read: " + e.getMessage(), "Build the bundle anew with ./mvnw verify.");
        }
    }
}
