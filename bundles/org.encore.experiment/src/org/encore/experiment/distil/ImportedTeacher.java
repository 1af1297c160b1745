package org.encore.experiment.distil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.distill.Beside;
import org.encore.distill.language.LanguageModel;
import org.encore.distill.language.Pairs;
import org.encore.experiment.imported.ImportedModel;

/** A language model that others have trained, of the folder that {@code encore import} writes. */
public final class ImportedTeacher implements Teacher<ImportedTeacher.Options> {

    /**
     * Options.
     *
     * @param model folder
     * @param backend what computes
     * @param pairs how pairs are put to it
     */
    public record Options(
            @Option(help = "folder that encore import has written") Path model,
            @Option(value = "ort-cpu", help = "what computes") Choice<Backend<?>> backend,
            @Option(help = "how pairs are put to it, and what is taken") Pairs pairs) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<String> keyParts(Options options, StageContext context) {
        verify(options);
        return List.of("imported " + fingerprint(options));
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(options.pairs().gives());
    }

    @Override
    public Optional<Tokenizer> tokenizer(Options options, Registry registry) {
        if (options.pairs().gives() != Gives.SPANS) {
            return Optional.empty();
        }
        verify(options);
        try {
            return ImportedModel.read(options.model(), registry).tokenizer();
        } catch (IOException e) {
            throw new UncheckedIOException("teacher: " + e.getMessage(), e);
        }
    }

    @Override
    public void verify(Options options) {
        if (!ImportedModel.isIn(options.model())) {
            throw new WrongOption("model", "teacher: " + options.model() + " holds no imported model: there is no " + ImportedModel.FILE + "."
                    + Beside.nearest(options.model(), ImportedModel::isIn) + " Import one: encore import FORMAT SOURCE --to " + options.model());
        }
    }

    private static String fingerprint(Options options) {
        try {
            return ImportedModel.fingerprint(options.model());
        } catch (IOException e) {
            throw new UncheckedIOException("teacher: " + options.model() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        verify(options);
        String fingerprint = fingerprint(options);
        try {
            ImportedModel imported = ImportedModel.read(options.model(), context.registry());
            if (imported.source().isPresent()) {
                throw new IllegalArgumentException("teacher: " + options.model() + " (" + imported.model().architecture() + ") writes a target to a source; an imported "
                        + "teacher is a language model, which goes on with a text");
            }
            Tokenizer tokenizer = imported.readingText("teacher: " + options.model());
            LoadedModel loaded = ChosenBackend.of(options.backend()).load(imported.model(), imported.weights());
            String description = String.format(Locale.ROOT, "%s: %s, %,d parameters", options.model().getFileName(), imported.model().architecture(), imported.model().parameterCount());
            return new LanguageModel(description, fingerprint, loaded, imported.startToken(), imported.endToken(), tokenizer).teaching(options.pairs(), context.tokenizer());
        } catch (IOException e) {
            throw new UncheckedIOException("teacher: " + e.getMessage(), e);
        }
    }
}
