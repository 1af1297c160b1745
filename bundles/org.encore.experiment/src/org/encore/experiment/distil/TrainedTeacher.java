package org.encore.experiment.distil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.option.Nearest;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.distill.Beside;
import org.encore.distill.ModelScores;
import org.encore.experiment.data.TokenizerStage;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.store.Digests;
import org.encore.experiment.train.TrainStage;
import org.encore.graph.Model;

/** A model that Encore trained: the teacher of this experiment, or a model of any run, of any architecture. */
public final class TrainedTeacher implements Teacher<TrainedTeacher.Options> {

    /**
     * Options.
     *
     * @param run folder of a run; the stage {@code teacher} of this experiment if left out
     * @param cell of that run
     * @param backend what computes
     * @param rows in a batch
     */
    public record Options(
            @Option(help = "folder of a run that has the model; if left out, the stage 'teacher' of this experiment trains it") Optional<Path> run,
            @Option(help = "model of that run, such as big-seed1; may be left out if the run has only one") Optional<String> cell,
            @Option(value = "ort-cpu", help = "what computes") Choice<Backend<?>> backend,
            @Option(value = "64", help = "rows that are scored together; changes the speed, not what is said") int rows) {
        public Options {
            if (rows < 1) {
                throw new IllegalArgumentException("rows " + rows + " must be at least 1");
            }
        }
    }

    /** Where a model lies. */
    private record Found(String name, StoredModel model, Path weights) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<String> needs(Options options) {
        return options.run().isPresent() ? List.of() : List.of("teacher");
    }

    @Override
    public List<String> keyParts(Options options, StageContext context) {
        return options.run().isEmpty() ? List.of() : List.of("teacher " + fingerprint(ofRun(options.run().get(), options.cell().orElse(""))));
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(Gives.DISTRIBUTIONS);
    }

    @Override
    public void verify(Options options) {
        options.run().ifPresent(run -> ofRun(run, options.cell().orElse("")));
        if (options.run().isEmpty() && options.cell().isPresent()) {
            throw new WrongOption("cell", "teacher: cell '" + options.cell().get() + "' is of no run: name the run's folder by 'run', or leave 'cell' out for the stage 'teacher'");
        }
    }

    @Override
    public boolean tellsStates(Options options) {
        return true;
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        Found found = options.run().map(run -> ofRun(run, options.cell().orElse(""))).orElseGet(() -> ofStage(context.input("teacher")));
        sameTokenizer(found, context.tokenizer());
        Model model = found.model().build(context.registry(), context.tokenizer());
        String description = String.format(Locale.ROOT, "%s: %s, %,d parameters", found.name(), found.model().architecture(), found.model().parameters());
        LoadedModel loaded = ChosenBackend.of(options.backend()).sharing().load(model, weights(found));
        return new ModelScores(description, fingerprint(found), loaded, context.tokenizer().size(), options.rows());
    }

    private static void sameTokenizer(Found found, Tokenizer students) {
        String digest = Digests.sha256(students.toJson());
        if (!digest.equals(found.model().tokenizer())) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s reads with tokenizer %.12s, the students with %.12s (%,d tokens): "
                    + "a token would mean something else to each. Train both on the same task with the same tokenizer.", found.name(),
                    found.model().tokenizer(), digest, students.size()));
        }
    }

    private static Found ofStage(Path folder) {
        try {
            return new Found("the experiment's teacher", StoredModel.read(folder), folder.resolve(TrainStage.BEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Found ofRun(Path run, String cell) {
        try {
            var folder = new RunFolder(run);
            RunPlan plan = RunPlan.read(folder).orElseThrow(() -> new WrongOption("run", "teacher: " + run + " is no run: it has no " + RunFolder.PLAN
                    + "." + Beside.nearest(run, beside -> Files.exists(beside.resolve(RunFolder.PLAN))) + " Name a folder below runs/, or leave 'run' out and add the stage 'teacher'."));
            RunPlan.OfCell of = cell(run, plan, cell);
            Path weights = folder.result(of.id(), "train").resolve(TrainStage.BEST);
            if (!Files.exists(weights)) {
                throw new WrongOption(cell.isEmpty() ? "run" : "cell", "teacher: " + of.id() + " of " + run + " is not trained: there is no " + weights
                        + ". Let that run finish first.");
            }
            RunPlan.OfModel model = plan.models().get(of.model());
            String label = plan.groups().getOrDefault("tokenizer", Map.of()).entrySet().stream().filter(group -> group.getValue().contains(of.id()))
                    .map(Map.Entry::getKey).findFirst().orElse("");
            String tokenizer = Digests.sha256(Files.readString(folder.ofGroup(label, "tokenizer").resolve(TokenizerStage.FILE)));
            return new Found(of.id() + " of " + run, new StoredModel(model.architecture(), model.options(), model.parameters(), tokenizer), weights);
        } catch (IOException e) {
            throw new WrongOption("run", "teacher: " + run + " cannot be read: " + e.getMessage());
        }
    }

    private static RunPlan.OfCell cell(Path run, RunPlan plan, String cell) {
        List<String> cells = plan.cells().stream().map(RunPlan.OfCell::id).toList();
        if (cell.isEmpty() && cells.size() > 1) {
            throw new WrongOption("run", "teacher: " + run + " has " + cells.size() + " models; name one by 'cell': " + String.join(", ", cells));
        }
        return plan.cells().stream().filter(c -> cell.isEmpty() || c.id().equals(cell)).findFirst().orElseThrow(
                () -> new WrongOption("cell", "teacher: " + run + " has no cell '" + cell + "'. " + Nearest.suggestion(cell, cells)));
    }

    private static String fingerprint(Found found) {
        try {
            return Digests.sha256(Digests.sha256(found.weights()) + found.model().architecture() + found.model().json()
                    + found.model().tokenizer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Weights weights(Found found) {
        try {
            return SafeTensors.read(found.weights()).weights();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
