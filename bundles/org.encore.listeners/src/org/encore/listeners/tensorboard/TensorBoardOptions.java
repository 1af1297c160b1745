package org.encore.listeners.tensorboard;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.encore.api.option.Option;

/**
 * Where event files go.
 *
 * @param folder inside the run's folder, or shared by runs
 */
public record TensorBoardOptions(
        @Option(value = "tensorboard", help = "folder of event files: inside the run's folder, or an absolute path, where each run has a folder of its "
                + "own") String folder) {

    public TensorBoardOptions {
        try {
            Path.of(folder);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("folder '" + folder + "' cannot be the path of a folder: " + e.getReason());
        }
    }

    /** The folder for a run. */
    Path of(Path run) {
        Path own = run.resolve(folder).normalize();
        return own.startsWith(run.normalize()) ? own : own.resolve(run.toAbsolutePath().getFileName());
    }
}
