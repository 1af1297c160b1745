package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the window finds runs and experiments, and how it starts them. */
final class Runs {

    /** System property: folder of the runs; {@code runs} below the working folder if not set. */
    static final String FOLDER = "encore.runs";
    /** System property: the command that starts Encore. */
    static final String COMMAND = "encore.command";
    /** System property: where Encore lies, with its examples. */
    static final String HOME = "encore.home";

    private Runs() {}

    static Path folder() {
        return Path.of(System.getProperty(FOLDER, "runs")).toAbsolutePath();
    }

    static String command() {
        return System.getProperty(COMMAND, "encore");
    }

    /** Experiment files at hand: of the working folder, its examples, and the examples of Encore. */
    static List<String> experiments() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(Path.of("examples"), Path.of(""), Path.of(System.getProperty(HOME, "")).resolve("examples")).flatMap(Runs::yamlFiles)
                .map(file -> file.toAbsolutePath().startsWith(here) ? here.relativize(file.toAbsolutePath()) : file).map(Path::toString).distinct()
                        .toList();
    }

    private static Stream<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // no such folder
        }
    }
}
