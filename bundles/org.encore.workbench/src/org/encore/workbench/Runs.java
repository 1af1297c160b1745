package org.encore.workbench;

import java.nio.file.Path;

/** Where the window finds runs and how it starts them. */
final class Runs {

    /** System property: folder of the runs; {@code runs} below the working folder if not set. */
    static final String FOLDER = "encore.runs";
    /** System property: the command that starts Encore. */
    static final String COMMAND = "encore.command";

    private Runs() {}

    static Path folder() {
        return Path.of(System.getProperty(FOLDER, "runs")).toAbsolutePath();
    }

    static String command() {
        return System.getProperty(COMMAND, "encore");
    }
}
