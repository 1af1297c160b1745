package org.encore.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.experiment.data.files.PublicData;
import org.encore.experiment.process.Workshop;

import picocli.CommandLine.Option;

/** Where commands look for data sets before anywhere else. */
final class DataFolders {

    @Option(names = "--data", paramLabel = "DIR", description = "a folder with data sets, which counts before those of ENCORE_DATA; may be repeated")
    private List<Path> folders = new ArrayList<>();

    /** For looking only: nothing is downloaded. @param err for what is worth a line */
    Workshop looking(Registry registry, Path runs, PrintWriter err) {
        return Workshop.of(registry, folders, runs, true, Monitor.NONE, err::println);
    }

    /** For working: what is missing is downloaded. */
    Workshop working(Registry registry, Path runs, Monitor monitor, PrintWriter err) {
        return Workshop.of(registry, folders, runs, false, monitor, err::println);
    }

    /** Files alone. */
    PublicData files(boolean offline, Monitor monitor, PrintWriter err) {
        return Workshop.files(folders, offline, monitor, err::println);
    }
}
