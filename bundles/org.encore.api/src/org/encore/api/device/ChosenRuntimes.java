package org.encore.api.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The builds of native runtimes that this process uses instead of those that Encore carries: chosen by {@code encore runtime use}, handed on by the
 * command as system properties, {@code encore.runtime.<id>=<folder>}.
 *
 * @since 0.1.0
 */
public final class ChosenRuntimes {

    private static final String PROPERTY = "encore.runtime.";

    private ChosenRuntimes() {}

    /**
     * Where the build lies that was chosen; empty if none was.
     *
     * @param id of the {@link NativeRuntime}
     */
    public static Optional<Path> folder(String id) {
        return Optional.ofNullable(System.getProperty(PROPERTY + id)).filter(folder -> !folder.isBlank()).map(Path::of);
    }

    /** All that were chosen, by the runtime's id. */
    public static SortedMap<String, Path> all() {
        var all = new TreeMap<String, Path>();
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith(PROPERTY)) {
                String id = property.substring(PROPERTY.length());
                folder(id).ifPresent(folder -> all.put(id, folder));
            }
        }
        return Collections.unmodifiableSortedMap(all);
    }

    /**
     * What tells one build from another: name, size and time of each library. Reading some gigabytes for a digest would take longer than most of what
     * depends on it.
     *
     * @param folder of a build
     */
    public static String identity(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".so")).sorted().map(ChosenRuntimes::line).collect(Collectors.joining("\n"));
        } catch (IOException | UncheckedIOException e) {
            return folder + ": " + e.getMessage();   // what cannot be read cannot be loaded either, which says more
        }
    }

    private static String line(Path file) {
        try {
            return file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
