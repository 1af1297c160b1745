package org.encore.experiment.distil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.option.Nearest;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.task.ChosenTokenization;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.distill.Beside;
import org.encore.distill.ModelScores;
import org.encore.distill.SpanScores;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.data.TokenizerStage;
import org.encore.experiment.matrix.CellSpec;
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
     * @param gives what is taken from it
     * @param backend what computes
     * @param rows in a batch
     */
    public record Options(
            @Option(help = "folder of a run that has the model; if left out, the stage 'teacher' of this experiment trains it") Optional<Path> run,
            @Option(help = "model of that run, such as big-seed1; may be left out if the run has only one") Optional<String> cell,
            @Option(value = "distributions", help = "what is taken: distributions at the targets of the data, which needs the students' tokenizer to be its own; or distributions "
                    + "where spans of text begin that it and the students write (spans), for the objective span-uld") Gives gives,
            @Option(value = "ort-cpu", help = "what computes") Choice<Backend<?>> backend,
            @Option(value = "64", help = "rows that are scored together; changes the speed, not what is said") int rows) {
        public Options {
            if (rows < 1) {
                throw new IllegalArgumentException("rows " + rows + " must be at least 1");
            }
            if (gives == Gives.ANSWERS) {
                throw new WrongOption("gives", "gives: answers is for teachers that write by themselves; a trained one is decoded by the stage 'sequences'");
            }
            if (gives == Gives.SPANS && run.isEmpty()) {
                throw new WrongOption("gives", "gives: spans is for a model of another run: the stage 'teacher' of this experiment reads with the students' tokenizer");
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
        return Optional.of(options.gives());
    }

    @Override
    public void verify(Options options) {
        options.run().ifPresent(run -> ofRun(run, options.cell().orElse("")));
        if (options.run().isEmpty() && options.cell().isPresent()) {
            throw new WrongOption("cell", "teacher: cell '" + options.cell().get() + "' is of no run: name the run's folder by 'run', or leave 'cell' out for the stage 'teacher'");
        }
    }

    @Override
    public Optional<Tokenizer> tokenizer(Options options, Registry registry) {
        return options.gives() == Gives.SPANS ? options.run().map(run -> tokenizer(run, options.cell().orElse(""), registry)) : Optional.empty();
    }

    /** States meet token by token. */
    @Override
    public boolean tellsStates(Options options) {
        return options.gives() == Gives.DISTRIBUTIONS;
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        Found found = options.run().map(run -> ofRun(run, options.cell().orElse(""))).orElseGet(() -> ofStage(context.input("teacher")));
        Optional<Tokenizer> other = tokenizer(options, context.registry());
        Tokenizer own = other.orElse(context.tokenizer());
        sameTokenizer(found, own);
        Model model = found.model().build(context.registry(), own);
        String description = String.format(Locale.ROOT, "%s: %s, %,d parameters", found.name(), found.model().architecture(), found.model().parameters());
        String fingerprint = other.isPresent() ? Digests.sha256(fingerprint(found) + " spans") : fingerprint(found);
        LoadedModel loaded = ChosenBackend.of(options.backend()).sharing().load(model, weights(found));
        var scores = new ModelScores(description, fingerprint, loaded, own.size(), options.rows());
        return other.isPresent() ? new SpanScores(scores, own, own.endToken(), context.tokenizer()) : scores;
    }

    private static void sameTokenizer(Found found, Tokenizer students) {
        String digest = Digests.sha256(students.toJson());
        if (!digest.equals(found.model().tokenizer())) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s reads with tokenizer %.12s, the students with %.12s (%,d tokens): "
                    + "a token would mean something else to each. Train both on the same task with the same tokenizer, "
                    + "or compare spans of text (gives: spans, objective: span-uld).", found.name(),
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
            RunPlan plan = plan(run, folder);
            RunPlan.OfCell of = cell(run, plan, cell);
            Path weights = folder.result(of.id(), "train").resolve(TrainStage.BEST);
            if (!Files.exists(weights)) {
                throw new WrongOption(cell.isEmpty() ? "run" : "cell", "teacher: " + of.id() + " of " + run + " is not trained: there is no " + weights
                        + ". Let that run finish first.");
            }
            RunPlan.OfModel model = plan.models().get(of.model());
            String tokenizer = Digests.sha256(Files.readString(tokenizerFile(folder, plan, of.id())));
            return new Found(of.id() + " of " + run, new StoredModel(model.architecture(), model.options(), model.parameters(), tokenizer), weights);
        } catch (IOException e) {
            throw new WrongOption("run", "teacher: " + run + " cannot be read: " + e.getMessage());
        }
    }

    private static Path tokenizerFile(RunFolder folder, RunPlan plan, String cell) {
        String label = plan.groups().getOrDefault("tokenizer", Map.of()).entrySet().stream().filter(group -> group.getValue().contains(cell)).map(Map.Entry::getKey).findFirst()
                .orElse("");
        return folder.ofGroup(label, "tokenizer").resolve(TokenizerStage.FILE);
    }

    /** What a run's experiment reads texts with, as the run has learnt it. */
    private static Tokenizer tokenizer(Path run, String cell, Registry registry) {
        try {
            var folder = new RunFolder(run);
            RunPlan plan = plan(run, folder);
            String id = cell(run, plan, cell).id();
            Choice<Tokenization<?>> chosen = ExperimentReader.readFinished(run.resolve(RunFolder.RESOLVED), registry).cells().stream().filter(spec -> spec.id().equals(id)).findFirst()
                    .flatMap(CellSpec::tokenizer).orElseThrow(() -> new WrongOption("run", "teacher: the experiment of " + run + " names no tokenizer, so what its tokenizer.json is "
                            + "written for is not known. Name it there, such as tokenizer: {bpe: {}}, and let it run again."));
            return ChosenTokenization.of(chosen).read(Files.readString(tokenizerFile(folder, plan, id)));
        } catch (IOException e) {
            throw new WrongOption("run", "teacher: " + run + " cannot be read: " + e.getMessage());
        }
    }

    private static RunPlan plan(Path run, RunFolder folder) throws IOException {
        return RunPlan.read(folder).orElseThrow(() -> new WrongOption("run", "teacher: " + run + " is no run: it has no " + RunFolder.PLAN
                + "." + Beside.nearest(run, beside -> Files.exists(beside.resolve(RunFolder.PLAN))) + " Name a folder below runs/, or leave 'run' out and add the stage 'teacher'."));
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
