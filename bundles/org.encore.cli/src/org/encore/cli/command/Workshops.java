package org.encore.cli.command;

import java.nio.file.Path;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.extension.Registry;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;
import org.encore.experiment.process.Workshop;

/** What commands work with. */
final class Workshops {

    private Workshops() {}

    static Workshop of(Registry registry, Path runs) {
        return Workshop.of(registry, new DataFiles() {
            @Override
            public Path find(DataFile file) {
                throw new Unavailable(file.path() + " of data set " + file.set() + " is not here", "It cannot be had yet.");
            }

            @Override
            public Monitor monitor() {
                return Monitor.NONE;
            }
        }, runs);
    }
}
