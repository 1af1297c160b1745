package org.encore.distill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.encore.api.option.Nearest;

/** For a file or folder that is not there: the one beside it that was most likely meant. */
public final class Beside {

    /** A folder with more is one of files that nobody names by hand. */
    private static final int MOST = 10_000;

    private Beside() {}

    /**
     * A sentence that begins with a space, such as {@code  Did you mean 'stories260K'?}
     *
     * @param missing what was named
     * @param fits what could have been meant
     * @return empty if nothing beside it has a name like it
     */
    public static String nearest(Path missing, Predicate<Path> fits) {
        Path folder = missing.toAbsolutePath().getParent();
        if (folder == null || missing.getFileName() == null || !Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.limit(MOST).filter(file -> !file.equals(missing.toAbsolutePath()) && fits.test(file)).map(file -> file.getFileName().toString()).sorted().toList();
            return Nearest.of(missing.getFileName().toString(), names).map(name -> " Did you mean '" + name + "'?").orElse("");
        } catch (IOException | UncheckedIOException e) {
            return ""; // what is missing is told all the same
        }
    }
}
