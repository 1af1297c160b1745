package org.encore.experiment.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.encore.experiment.run.WholeFile;

/**
 * What files a result has, and how large they are, kept inside it: so that one that was cut off, by a file system that lost power or a copy that was not
 * finished, is noticed before anything is made of it. Contents are not read: a look costs no more than the names.
 */
final class Contents {

    private static final String FILE = ".contents";

    private Contents() {}

    /** Writes them down. */
    static void write(Path folder) throws IOException {
        var sizes = new TreeMap<String, Long>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        var lines = new StringBuilder();
        sizes.forEach((name, size) -> lines.append(size).append(' ').append(name).append('\n'));
        WholeFile.write(folder.resolve(FILE), lines.toString());
    }

    /** What is wrong with the files of a folder; empty if nothing is, or if an older version made it, which wrote nothing down. */
    static Optional<String> damage(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            for (String line : WholeFile.lines(file)) {
                String[] entry = line.split(" ", 2);
                if (entry.length < 2 || !entry[0].matches("[0-9]{1,18}")) {
                    return Optional.of(FILE + " is damaged");
                }
                Path held = folder.resolve(entry[1]);
                if (!Files.isRegularFile(held)) {
                    return Optional.of(entry[1] + " is missing");
                }
                long size = Files.size(held);
                if (size != Long.parseLong(entry[0])) {
                    return Optional.of(entry[1] + " has " + size + " bytes instead of " + entry[0]);
                }
            }
            return Optional.empty();
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
