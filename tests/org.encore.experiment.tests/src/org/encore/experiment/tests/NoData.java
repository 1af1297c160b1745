package org.encore.experiment.tests;

import java.nio.file.Path;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;

/** Where there are no files of public data sets. */
public final class NoData implements DataFiles {

    public static final DataFiles FILES = new NoData();

    @Override
    public Path find(DataFile file) {
        throw new Unavailable("there are no data here", "This test needs none.");
    }

    @Override
    public Monitor monitor() {
        return Monitor.NONE;
    }
}
