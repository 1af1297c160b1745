package org.encore.data.tests;

import java.nio.file.Path;

import org.encore.api.Monitor;
import org.encore.api.task.DataFiles;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.PublicData;
import org.junit.jupiter.api.Assumptions;

/** The data sets that the variable ENCORE_DATA leads to. Tests that need them are skipped without it. */
final class Stored {

    static final String VARIABLE = "ENCORE_DATA";

    private Stored() {}

    static DataFiles files() {
        String folders = System.getenv(VARIABLE);
        Assumptions.assumeTrue(folders != null && !folders.isBlank(),
                "needs the public data sets: set ENCORE_DATA to a folder that has them (encore data get SET)");
        return new PublicData(PublicData.folders(folders), Path.of(System.getProperty("java.io.tmpdir"), "encore-data-tests"), true, Patience.USUAL,
                Monitor.NONE,
                told -> { });
    }

    /** A file that lies beside a set's data and belongs to no task. */
    static Path beside(String path) {
        files();
        return PublicData.folders(System.getenv(VARIABLE)).stream().map(folder -> folder.resolve(path)).filter(java.nio.file.Files::exists)
                .findFirst()
                .orElseGet(() -> {
                    Assumptions.abort("needs " + path + " in a folder of ENCORE_DATA");
                    throw new AssertionError("aborted before");
                });
    }
}
