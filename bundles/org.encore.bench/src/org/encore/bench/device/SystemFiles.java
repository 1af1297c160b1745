package org.encore.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files in which the system tells of itself. What is not there, on this system or for this user, is told as nothing. */
final class SystemFiles {

    private SystemFiles() {}

    /** What lies in a folder, in the order of names. @param name regular expression of the whole name */
    static List<Path> children(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches(name)).sorted().toList();
        } catch (IOException e) {
            return List.of();   // a system that hides it
        }
    }

    /** The first line, without blanks around it. */
    static Optional<String> line(Path file) {
        return lines(file).stream().findFirst().map(String::strip);
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();   // not on this system, or not for this user
        }
    }
}
