package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.Nearest;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.train.TrainStage;

/**
 * One trained model of a run, ready to be used.
 *
 * @param folder of the run
 * @param experiment as resolved when it ran
 * @param variant that was trained
 * @param weights where its development loss was least
 * @param data of its task
 */
public record TrainedModel(RunFolder folder, Experiment experiment, Variant variant, Weights weights, TaskData data) {

    /**
     * Reads it from a run.
     *
     * @param cell such as {@code bridged-seed1}; empty if the run has only one
     * @throws IllegalArgumentException if the folder is no run, has no such cell, or the cell is not trained yet; the message says what to do
     */
    public static TrainedModel open(Path run, String cell, Registry registry) throws IOException {
        if (!Files.exists(run.resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(run + " is no run: it has no " + EventLog.FILE + ". Runs are folders below runs/.");
        }
        var folder = new RunFolder(run);
        Plan plan = Plan.of(ExperimentReader.read(run.resolve(RunFolder.RESOLVED), registry));
        Variant variant = variant(run, cell, plan.variants());
        Path file = folder.result(variant.cell(), "train").resolve(TrainStage.BEST);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(variant.cell() + " of " + run + " is not trained: there is no " + file
                    + ". Let the run finish: encore run " + run.resolve(RunFolder.EXPERIMENT));
        }
        return new TrainedModel(folder, plan.experiment(), variant, SafeTensors.read(file).weights(), plan.data());
    }

    private static Variant variant(Path run, String cell, List<Variant> variants) {
        List<String> cells = variants.stream().map(Variant::cell).toList();
        if (cell.isEmpty() && variants.size() > 1) {
            throw new IllegalArgumentException(run + " has " + variants.size() + " models; name one by --cell: " + String.join(", ", cells));
        }
        return variants.stream().filter(v -> cell.isEmpty() || v.cell().equals(cell)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(run + " has no cell '" + cell + "'. " + Nearest.suggestion(cell, cells)));
    }

    /** How the run chose outputs, if it evaluated. */
    public Optional<EvaluateOptions> evaluation() {
        return experiment.stages().stream().map(Choice::options).filter(EvaluateOptions.class::isInstance).map(EvaluateOptions.class::cast)
                .findFirst();
    }

    /** Longest output: what the run was evaluated with, else a length that is long enough for most words. */
    public int maxTokens() {
        return evaluation().map(EvaluateOptions::maxTokens).orElse(48);
    }
}
