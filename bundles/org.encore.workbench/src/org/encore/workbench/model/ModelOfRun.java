package org.encore.workbench.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.RunFolder;
import org.encore.workbench.Settings;

/**
 * A model that a run has trained.
 *
 * @param run folder
 * @param cell id
 */
record ModelOfRun(Path run, String cell) {

    /** Those of all runs, the newest run first. Runs that cannot be read have none. */
    static List<ModelOfRun> all(Path runs) throws IOException {
        var models = new ArrayList<ModelOfRun>();
        for (RunFolder folder : RunFolder.list(runs)) {
            try {
                RunPlan.read(folder).ifPresent(plan -> plan.cells().stream().filter(cell -> Files.isDirectory(folder.result(cell.id(), "train")))
                        .forEach(cell -> models.add(new ModelOfRun(folder.path(), cell.id()))));
            } catch (IOException e) {
                continue; // the list of runs says so
            }
        }
        return models;
    }

    /** Reads it. Nothing is downloaded for it. @throws IllegalArgumentException with what to do if it cannot be opened */
    TrainedModel open(Registry registry) throws IOException {
        return TrainedModel.open(run, cell, Workshop.of(registry, Settings.data(), run.toAbsolutePath().getParent(), true, Monitor.NONE,
                line -> { }));
    }

    /** As it stands in a list. */
    @Override
    public String toString() {
        return cell + "  (" + run.getFileName() + ")";
    }
}
