package org.encore.experiment.distil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

import org.encore.api.architecture.ChosenArchitecture;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.Weights;
import org.encore.bench.device.EnergyCounters;
import org.encore.experiment.plan.Work;
import org.encore.experiment.store.Digests;
import org.encore.experiment.train.Training;
import org.encore.graph.Model;

/** Trains a teacher for all variants. Leaves what the stage {@code train} leaves, and {@code model.json} with what the model is. */
public final class TeacherStage implements Stage<TeacherOptions> {

    @Override
    public Class<TeacherOptions> optionsType() {
        return TeacherOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public List<Variant> selects(TeacherOptions options, List<Variant> group) {
        return List.of();
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public void check(TeacherOptions options) {
        Training.refuseTeacher(options.training().objective(), "and the stage 'teacher' trains one from labels. Use an objective such as cross-entropy.");
    }

    @Override
    public List<String> keyParts(TeacherOptions options, StageContext context) {
        return Training.keyParts(context);
    }

    @Override
    public double work(TeacherOptions options, StageContext context) {
        return 3 * Work.count(model(options, context.tokenizer()), context.data().train(), context.tokenizer()) * options.training().tokens();
    }

    private static Model model(TeacherOptions options, Tokenizer tokenizer) {
        return ChosenArchitecture.of(options.model()).build(tokenizer.size(), tokenizer.startToken());
    }

    @Override
    public void run(TeacherOptions options, StageContext context) throws IOException {
        Model model = model(options, context.tokenizer());
        TeacherEnergy energy = TeacherEnergy.begin(EnergyCounters.here(), context.scratch());
        var subject = new Training.Subject("teacher", model, options.seed(), Weights.initial(model, options.seed()),
                event -> tell(event, context, energy));
        Training.run(options.training(), context, subject, context.data().train(), Training.Guide.NOBODY);
        energy.finish(context.output());
        var stored = new StoredModel(options.model().id(), OptionDocs.plain(options.model().options()), model.parameterCount(),
                Digests.sha256(context.tokenizer().toJson()));
        Files.writeString(context.output().resolve(StoredModel.FILE), stored.json());
    }

    /** A teacher is no model of the matrix, so its steps are told as progress and make no curve among those of the variants. */
    private static void tell(Event event, StageContext context, TeacherEnergy energy) {
        switch (event) {
            case Event.TrainStep step -> {
                lap(energy);
                context.emit(new Event.Progress("", "teacher", step.tokens(), step.totalTokens(), "tokens"));
            }
            case Event.TrainEvaluation look -> context.emit(new Event.Message("info",
                    String.format(Locale.ROOT, "teacher: development loss %.4f nats at step %,d", look.loss(), look.step())));
            default -> context.emit(event);
        }
    }

    private static void lap(TeacherEnergy energy) {
        try {
            energy.lap();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
