package org.encore.onnx.foreign;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Files beside a graph that it keeps weights in. A tensor of ONNX names one as an entry {@code location} of {@code TensorProto.external_data}; what looks
 * like such an entry anywhere in the file counts if a file of that name is there.
 */
final class ExternalData {

    /** A StringStringEntryProto whose key is {@code location}, up to the length of its value. */
    private static final byte[] ENTRY = "\n\blocation\u0012".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 4096;

    private ExternalData() {}

    /** The graph and those files, in the order of their names. */
    static List<Path> withFilesOf(Path graph) throws IOException {
        var files = new ArrayList<>(List.of(graph));
        for (String name : names(graph)) {
            Path file = graph.resolveSibling(name).normalize();
            if (file.startsWith(graph.getParent()) && Files.isRegularFile(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private static TreeSet<String> names(Path graph) throws IOException {
        var names = new TreeSet<String>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(graph), 1 << 16)) {
            int matched = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                matched = next == ENTRY[matched] ? matched + 1 : next == ENTRY[0] ? 1 : 0;
                if (matched == ENTRY.length) {
                    matched = 0;
                    name(in, names);
                }
            }
        }
        return names;
    }

    /** A length of one or two bytes, and so many of text; what is no name is stepped back over. */
    private static void name(InputStream in, TreeSet<String> names) throws IOException {
        in.mark(LONGEST_NAME + 2);
        int low = in.read();
        int length = low < 0x80 ? low : (low & 0x7f) | in.read() << 7;
        if (length > 0 && length <= LONGEST_NAME) {
            byte[] name = in.readNBytes(length);
            String text = new String(name, StandardCharsets.UTF_8);
            if (name.length == length && text.chars().noneMatch(Character::isISOControl)) {
                names.add(text);
                return;
            }
        }
        in.reset();
    }
}
