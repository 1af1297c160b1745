package org.encore.workbench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stands behind {@code encore workbench}. */
public sealed interface Arguments {

    String USAGE = """
            Usage: encore workbench [--runs FOLDER]
            Opens the window.
                  --runs FOLDER   runs to show and to start new ones in; runs/ below the working folder if not given""";

    /** Open the window. @param runs folder of the runs, if given */
    record Open(Optional<Path> runs) implements Arguments {}

    /** Say how it is used, because that was asked. */
    record Help() implements Arguments {}

    /** @param problem in one sentence */
    record Wrong(String problem) implements Arguments {}

    static Arguments of(List<String> words) {
        if (words.isEmpty()) {
            return new Open(Optional.empty());
        }
        return switch (words.getFirst()) {
            case "-h", "--help" -> new Help();
            case "--runs" -> words.size() == 2 ? folder(words.get(1)) : new Wrong("--runs needs one folder.");
            case String word when word.startsWith("--runs=") && words.size() == 1 -> folder(word.substring("--runs=".length()));
            case String word -> new Wrong("'" + word + "' is no option of the workbench; it has --runs.");
        };
    }

    private static Arguments folder(String name) {
        try {
            return new Open(Optional.of(Path.of(name)));
        } catch (InvalidPathException e) {
            return new Wrong("'" + name + "' is no name of a folder: " + e.getReason() + ".");
        }
    }
}
