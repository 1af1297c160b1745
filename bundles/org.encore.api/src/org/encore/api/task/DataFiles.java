package org.encore.api.task;

import java.nio.file.Path;

import org.encore.api.Monitor;

/** Finds files of data sets: in folders that the user names, in a cache, or by download into that cache. */
public interface DataFiles {

    /**
     * The file, its content checked.
     *
     * @throws org.encore.api.Unavailable if it is nowhere; the message says where it was looked for and how to get it
     */
    Path find(DataFile file);

    /** For what a task does beside, such as unpacking. */
    Monitor monitor();
}
