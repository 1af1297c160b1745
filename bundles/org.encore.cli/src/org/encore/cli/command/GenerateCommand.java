package org.encore.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.Decoding;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.imported.Continuation;
import org.encore.experiment.imported.ImportedModel;
import org.encore.graph.Model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a trained model answer. */
@Command(name = "generate", mixinStandardHelpOptions = true,
        description = "Prints what a trained model makes of each text, one line each; without a text, of each line of standard input as it comes.")
final class GenerateCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "1", paramLabel = "RUN", description = "folder of a run, or of an imported model")
    private Path run = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "what the model reads")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--cell", paramLabel = "CELL", description = "which model, such as bridged-seed1; needed if the run has several")
    private String cell = "";

    @Option(names = "--decoding", paramLabel = "DECODING", description = "how tokens are chosen: greedy, beam, 'beam: {width: 8}' (default: as the run evaluated)")
    private String decoding = "";

    @Option(names = "--backend", paramLabel = "BACKEND", description = "what computes: ort-cpu, reference … (default: as the run evaluated)")
    private String backend = "";

    @Option(names = "--max-tokens", paramLabel = "N", description = "longest output (default: as the run evaluated; 64 for an imported model)")
    private int maxTokens;

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    GenerateCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        if (maxTokens < 0) {
            throw new IllegalArgumentException("--max-tokens " + maxTokens + ": give at least 1");
        }
        if (ImportedModel.isIn(run)) {
            return goOn(ImportedModel.read(run, registry));
        }
        TrainedModel trained = TrainedModel.open(run, cell, data.looking(registry, Path.of("runs"), spec.commandLine().getErr()));
        Choice<Decoding<?>> chosenDecoding = decoding.isEmpty() ? trained.evaluation().map(EvaluateOptions::decoding).orElseGet(() -> decoding("greedy"))
                : decoding(decoding);
        Choice<Backend<?>> chosenBackend = backend.isEmpty() ? trained.evaluation().map(EvaluateOptions::backend).orElseGet(() -> backend("ort-cpu"))
                : backend(backend);
        var tokenizer = trained.tokenizer();
        for (String text : texts) {
            tokenizer.encodeSource(text); // a text that cannot be read is told before anything is printed
        }
        try (LoadedModel model = ChosenBackend.of(chosenBackend).load(trained.variant().model(), trained.weights())) {
            if (texts.isEmpty()) {
                lines(trained, model, chosenDecoding);
            }
            for (String text : texts) {
                print(generate(trained, model, chosenDecoding, text));
            }
        }
        return 0;
    }

    /** An imported model goes on with each text, or answers it. */
    private int goOn(ImportedModel imported) {
        if (!decoding.isEmpty() || !cell.isEmpty()) {
            throw new IllegalArgumentException((cell.isEmpty() ? "--decoding" : "--cell") + " is for models of a run; an imported one writes greedily");
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("give a text, '' for none");
        }
        Tokenizer tokenizer = imported.readingText(run.toString());
        Choice<Backend<?>> chosen = backend(backend.isEmpty() ? "ort-cpu" : backend);
        try (LoadedModel model = ChosenBackend.of(chosen).load(imported.model(), imported.weights())) {
            for (String text : texts) {
                int[] prompt = text.isEmpty() && imported.source().isEmpty() ? new int[0] : tokenizer.encodeSource(text);
                print(tokenizer.decodeTarget(Continuation.greedy(imported, model, prompt, maxTokens == 0 ? Continuation.USUAL_TOKENS : maxTokens)));
            }
        }
        return 0;
    }

    private Choice<Decoding<?>> decoding(String text) {
        return Chosen.of(ExtensionPoint.DECODINGS, "--decoding", text, registry);
    }

    private Choice<Backend<?>> backend(String text) {
        return Chosen.of(ExtensionPoint.BACKENDS, "--backend", text, registry);
    }

    /** Line by line: an answer is there before the next line is read, so that a program can talk to it. */
    private void lines(TrainedModel trained, LoadedModel model, Choice<Decoding<?>> chosen) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            try {
                print(line.isEmpty() ? "" : generate(trained, model, chosen, line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of standard input: " + e.getMessage(), e);
            }
        }
    }

    private void print(String output) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(output);
        out.flush();
    }

    private String generate(TrainedModel trained, LoadedModel model, Choice<Decoding<?>> chosen, String text) {
        var tokenizer = trained.tokenizer();
        int[] source = tokenizer.encodeSource(text);
        int most = maxTokens == 0 ? trained.maxTokens() : maxTokens;
        return decode(chosen.extension(), chosen.options(), model, source, new Decoding.Limits(tokenizer.endToken(), most), tokenizer::decodeTarget);
    }

    private interface Decoder {
        String text(int[] ids);
    }

    private static <O extends Record> String decode(Decoding<O> decoding, Record given, LoadedModel model, int[] source, Decoding.Limits limits, Decoder decoder) {
        O options = decoding.optionsType().cast(given);
        try (Generator generator = model.generator(decoding.rowsPerSource(options), source.length + 1 + limits.maxTokens())) {
            return decoder.text(decoding.decode(options, generator, new int[][] {source}, limits).getFirst());
        }
    }
}
