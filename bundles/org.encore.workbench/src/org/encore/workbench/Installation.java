package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where Encore lies, the command that starts it, and the experiments at hand. */
public final class Installation {

    /** System property: folder of the runs, as the command said. */
    static final String RUNS = "encore.runs";
    private static final String COMMAND = "encore.command";
    private static final String HOME = "encore.home";

    private Installation() {}

    /** The command that starts Encore. */
    public static String command() {
        return System.getProperty(COMMAND, "encore");
    }

    /** Where Encore lies, with its examples and pages. */
    public static Path home() {
        return Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    }

    /** The experiment that newcomers begin with. */
    public static Path quickstart() {
        return shown(home().resolve("examples/quickstart.yaml"));
    }

    /** Experiment files at hand: of the working folder, its examples, and the examples of Encore. It reads folders. */
    public static List<Path> experiments() {
        return Stream.of(Path.of("examples"), Path.of(""), home().resolve("examples")).flatMap(Installation::yamlFiles).map(Installation::shown)
                .distinct().toList();
    }

    /** As people write it: relative to the working folder if it lies there. */
    public static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }

    private static Stream<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // no such folder
        }
    }
}
