package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.ChosenArchitecture;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Nearest;
import org.encore.api.option.Problems;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.plan.Corpus;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.train.TrainStage;
import org.encore.experiment.yaml.YamlReader;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.graph.Model;

/**
 * One trained model of a run, ready to be used.
 *
 * @param folder of the run
 * @param experiment that the run is of
 * @param spec what the experiment says of the model
 * @param variant that was trained
 * @param weights where its development loss was least
 * @param corpus that it was trained on
 */
public record TrainedModel(RunFolder folder, Experiment experiment, CellSpec spec, Variant variant, Weights weights, Corpus corpus) {

    /**
     * Reads it from a run.
     *
     * @param cell such as {@code bridged-seed1}; empty if the run has only one
     * @throws IllegalArgumentException if the folder is no run, has no such cell, or the cell is not trained yet; the message says what to do
     */
    public static TrainedModel open(Path run, String cell, Workshop workshop) throws IOException {
        if (!Files.exists(run.resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(run + " is no run: it has no " + EventLog.FILE + ". Runs are folders below runs/.");
        }
        var folder = new RunFolder(run);
        RunPlan plan = RunPlan.read(folder).orElseThrow(() -> new IllegalArgumentException(run + " has no " + RunFolder.PLAN
                + ": it was made by another version of Encore. Run its experiment again: encore run " + run.resolve(RunFolder.EXPERIMENT)));
        Experiment experiment = ExperimentReader.readFinished(run.resolve(RunFolder.RESOLVED), workshop.registry());
        CellSpec spec = spec(run, cell, experiment.cells());
        Path file = folder.result(spec.id(), "train").resolve(TrainStage.BEST);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(spec.id() + " of " + run + " is not trained: there is no " + file
                    + ". Let the run finish: encore run " + run.resolve(RunFolder.EXPERIMENT));
        }
        Corpus corpus = workshop.corpora().corpus(spec.task(), spec.tokenizer());
        return new TrainedModel(folder, experiment, spec, variant(plan, spec, corpus, workshop), SafeTensors.read(file).weights(), corpus);
    }

    private static CellSpec spec(Path run, String cell, List<CellSpec> specs) {
        List<String> cells = specs.stream().map(CellSpec::id).toList();
        if (cell.isEmpty() && specs.size() > 1) {
            throw new IllegalArgumentException(run + " has " + specs.size() + " models; name one by --cell: " + String.join(", ", cells));
        }
        return specs.stream().filter(v -> cell.isEmpty() || v.id().equals(cell)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(run + " has no cell '" + cell + "'. " + Nearest.suggestion(cell, cells)));
    }

    /** The model as it was trained: matched, and with what tuning chose. */
    private static Variant variant(RunPlan plan, CellSpec spec, Corpus corpus, Workshop workshop) {
        String hash = plan.cells().stream().filter(c -> c.id().equals(spec.id())).findFirst().map(RunPlan.OfCell::model).orElseThrow();
        RunPlan.OfModel trained = plan.models().get(hash);
        var problems = new Problems();
        ConfigNode node = YamlReader.read(RunFolder.PLAN, YamlWriter.write(java.util.Map.of(trained.architecture(), trained.options())), problems).orElse(null);
        Choice<Architecture<?>> choice = node == null ? null
                : new Binder(workshop.registry(), problems).choice(ExtensionPoint.ARCHITECTURES, node).orElse(null);
        problems.throwIfAny();
        Model model = ChosenArchitecture.of(choice).build(corpus.tokenizer().size(), corpus.tokenizer().startToken());
        return new Variant(spec.id(), spec.variant(), spec.axes(), choice.id(), choice.options(), spec.seed(), model);
    }

    /** Data of its task. */
    public TaskData data() {
        return corpus.data();
    }

    /** Between text and its tokens. */
    public Tokenizer tokenizer() {
        return corpus.tokenizer();
    }

    /** How the run chose outputs, if it evaluated. */
    public Optional<EvaluateOptions> evaluation() {
        return spec.stages().values().stream().map(Choice::options).filter(EvaluateOptions.class::isInstance).map(EvaluateOptions.class::cast)
                .findFirst();
    }

    /** Longest output: what the run was evaluated with, else a length that is long enough for most words. */
    public int maxTokens() {
        return evaluation().map(EvaluateOptions::maxTokens).orElse(48);
    }
}
