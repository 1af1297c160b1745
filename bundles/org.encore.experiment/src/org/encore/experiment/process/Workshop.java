package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.PublicData;
import org.encore.experiment.plan.Corpora;

/**
 * What all runs of a process share.
 *
 * @param registry of what is installed
 * @param corpora data and tokenizers
 * @param data folders in which files of data sets are looked for first
 * @param runs folder of runs and of the store
 * @param command that starts Encore in another process; where there is none, all work is done in this one
 */
public record Workshop(Registry registry, Corpora corpora, List<Path> data, Path runs, Optional<String> command) {

    /** System property: the command that starts Encore. */
    private static final String COMMAND = "encore.command";
    /** Environment variable: folders with data sets, with colons between. */
    public static final String DATA = "ENCORE_DATA";

    public Workshop {
        data = List.copyOf(data);
    }

    /**
     * With the command that started this process, and the user's folders.
     *
     * @param data folders that count before those of {@link #DATA}
     * @param offline whether nothing is downloaded, as while planning
     * @param monitor of downloads and other long work
     * @param tell what is worth a line
     */
    public static Workshop of(Registry registry, List<Path> data, Path runs, boolean offline, Monitor monitor, Consumer<String> tell) {
        var files = files(data, offline, monitor, tell);
        return new Workshop(registry, new Corpora(registry, files, Folders.cache().resolve("tokenizers")), folders(data), runs,
                Optional.ofNullable(System.getProperty(COMMAND)).filter(command -> !command.isEmpty()));
    }

    /** Files of public data sets; the parameters are as in {@link #of}. */
    public static PublicData files(List<Path> data, boolean offline, Monitor monitor, Consumer<String> tell) {
        return new PublicData(folders(data), Folders.cache().resolve("data"), offline, Patience.USUAL, monitor, tell);
    }

    private static List<Path> folders(List<Path> first) {
        var folders = new ArrayList<Path>();
        first.forEach(folder -> folders.add(folder.toAbsolutePath()));
        folders.addAll(PublicData.folders(Optional.ofNullable(System.getenv(DATA)).orElse("")));
        return folders;
    }

    /** Where results are kept. */
    public Path store() {
        return runs.resolve("store");
    }
}
