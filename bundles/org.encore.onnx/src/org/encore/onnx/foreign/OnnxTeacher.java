package org.encore.onnx.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.Sha256;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.option.WrongOption;
import org.encore.api.run.StageContext;
import org.encore.api.task.ChosenTokenization;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;
import org.encore.distill.Beside;
import org.encore.distill.ModelScores;
import org.encore.distill.language.LanguageModel;
import org.encore.distill.language.Pairs;
import org.encore.onnx.Threads;

/** A model in ONNX: a causal language model as Hugging Face's tools export it, or the folder of an own export. */
public final class OnnxTeacher implements Teacher<OnnxTeacher.Options> {

    private static final String TOKENIZER = "tokenizer.json";

    /**
     * Options.
     *
     * @param model file, such as model.onnx, or folder of an own export
     * @param tokenizer that it reads with; an own export has it beside it
     * @param threads of one operator
     * @param pairs how pairs are put to it
     */
    public record Options(
            @Option(help = "a graph, such as models/small/model.onnx, with its weights in it or beside it; or a folder of encore export, such as model/fused") Path model,
            @Option(help = "the tokenizer that a graph reads with, such as {huggingface: {file: models/small/tokenizer.json}}") Optional<Choice<Tokenization<?>>> tokenizer,
            @Option(value = "0", help = "threads of one operator; 0 for one per core") int threads,
            @Option(help = "how pairs are put to it, and what is taken") Pairs pairs) {

        public Options {
            Threads.check(threads);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<String> keyParts(Options options, StageContext context) {
        verify(options);
        return List.of("onnx " + fingerprint(options));
    }

    @Override
    public Optional<Gives> gives(Options options) {
        return Optional.of(options.pairs().gives());
    }

    @Override
    public Optional<Tokenizer> tokenizer(Options options, Registry registry) {
        return options.pairs().gives() == Gives.SPANS && !Files.isDirectory(options.model()) ? options.tokenizer().map(chosen -> ChosenTokenization.of(chosen).ready())
                : Optional.empty();
    }

    @Override
    public void verify(Options options) {
        Path file = options.model().toAbsolutePath();
        if (!Files.exists(file)) {
            throw new WrongOption("model", "teacher: there is no graph " + file + " and no folder of this name." + Beside.nearest(file, beside -> true));
        }
        if (Files.isDirectory(file)) {
            tokenizerOf(file);
        } else if (options.tokenizer().isEmpty()) {
            throw new WrongOption("model", withoutTokenizer(options));
        }
    }

    private static String withoutTokenizer(Options options) {
        return "teacher: a graph says nothing about text. Name its tokenizer, such as tokenizer: {huggingface: {file: " + options.model().resolveSibling(TOKENIZER) + "}}";
    }

    /** Of an own export: in its folder, or beside it. */
    private static Path tokenizerOf(Path folder) {
        return Stream.of(folder.resolve(TOKENIZER), folder.resolveSibling(TOKENIZER)).filter(Files::exists).findFirst().orElseThrow(() -> new WrongOption("model",
                "teacher: there is no " + TOKENIZER + " in " + folder + " or beside it, so nobody knows what its tokens mean"));
    }

    /** Of the graph and of the files that it keeps weights in; of all files of a folder. */
    private static String fingerprint(Options options) {
        Path file = options.model().toAbsolutePath();
        try {
            var digests = new StringBuilder();
            for (Path one : Files.isDirectory(file) ? filesIn(file) : ExternalData.withFilesOf(file)) {
                digests.append(Sha256.of(one));
            }
            return Sha256.of(digests.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("teacher: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public TeacherSession open(Options options, StageContext context) {
        verify(options);
        try {
            return Files.isDirectory(options.model()) ? exported(options, context.tokenizer()) : graph(options, context.tokenizer());
        } catch (IOException e) {
            throw new UncheckedIOException("teacher: " + options.model() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TeacherSession graph(Options options, Tokenizer students) throws IOException {
        Choice<Tokenization<?>> chosen = options.tokenizer().orElseThrow(() -> new IllegalArgumentException(withoutTokenizer(options)));
        Tokenizer tokenizer = ChosenTokenization.of(chosen).ready();
        CausalGraph graph = CausalGraph.open(options.model(), tokenizer.startToken(), tokenizer.size(), Threads.count(options.threads()));
        return new LanguageModel(options.model().getFileName() + ", an ONNX graph", Sha256.of(fingerprint(options) + Sha256.of(tokenizer.toJson())), graph,
                tokenizer.startToken(), tokenizer.endToken(), tokenizer).teaching(options.pairs(), students);
    }

    /** Source and target are what it was trained on, so nothing has to be put around them. */
    private static TeacherSession exported(Options options, Tokenizer students) throws IOException {
        Path folder = options.model().toAbsolutePath();
        String theirs = Sha256.of(Files.readString(tokenizerOf(folder)));
        String ours = Sha256.of(students.toJson());
        if (!theirs.equals(ours)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s reads with tokenizer %.12s, the students with %.12s (%,d tokens): a token would mean something else to each. "
                    + "Train both on the same task with the same tokenizer.", folder, theirs, ours, students.size()));
        }
        ExportedModel model = ExportedModel.open(folder, Threads.count(options.threads()));
        return new ModelScores(folder.getFileName() + ", an exported model", fingerprint(options), model, students.size(), options.pairs().rows());
    }
}
