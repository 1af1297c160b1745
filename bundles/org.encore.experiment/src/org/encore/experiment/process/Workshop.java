package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.task.DataFiles;
import org.encore.experiment.plan.Corpora;

/**
 * What all runs of a process share.
 *
 * @param registry of what is installed
 * @param corpora data and tokenizers
 * @param runs folder of runs and of the store
 * @param command that starts Encore in another process; where there is none, all work is done in this one
 */
public record Workshop(Registry registry, Corpora corpora, Path runs, Optional<String> command) {

    /** System property: the command that starts Encore. */
    private static final String COMMAND = "encore.command";

    /** With the command that started this process, and the user's cache. */
    public static Workshop of(Registry registry, DataFiles files, Path runs) {
        return new Workshop(registry, new Corpora(registry, files, Folders.cache().resolve("tokenizers")), runs,
                Optional.ofNullable(System.getProperty(COMMAND)).filter(command -> !command.isEmpty()));
    }

    /** Where results are kept. */
    public Path store() {
        return runs.resolve("store");
    }
}
