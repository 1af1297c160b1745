package org.encore.experiment.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.bench.Machine;
import org.encore.experiment.train.TrainStage;
import org.encore.experiment.yaml.YamlReader;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.graph.Model;

/** Peak memory of a process that does nothing but load one model and generate; another process that loads none shows what Java itself takes. */
public final class MemoryProbe {

    /** System property: the command that starts Encore. */
    private static final String COMMAND = "encore.command";
    private static final int PATIENCE_SECONDS = 600;

    /** Before the seed of weights that were never trained. */
    private static final String RANDOM = "random:";

    private MemoryProbe() {}

    /** A request as the other process reads it; {@code weights} is empty for the process that loads nothing. */
    record Request(String architecture, Choice<Architecture<?>> model, int vocabulary, int startToken, String weights, Choice<Backend<?>> backend,
            List<Integer> source, int target, int rows) {}

    /** Peak of each cell in 10^6 bytes; of the empty process in the environment. Nothing where no command is known to start a process with. */
    static Map<String, Double> peaks(BenchmarkOptions options, StageContext context, int[] source, Map<String,
            String> environment) throws IOException {
        var peaks = new LinkedHashMap<String, Double>();
        String command = System.getProperty(COMMAND, "");
        if (command.isEmpty()) {
            context.emit(new Event.Message("warning",
                    "peak memory is not measured: start Encore by its command 'encore', which says how to start another process"));
            return peaks;
        }
        environment.put("empty process", String.format(java.util.Locale.ROOT, "%.0f MB", measure(options, context, source, command, null) / 1e6));
        for (Variant variant : context.variants()) {
            peaks.put(variant.cell(), measure(options, context, source, command, variant) / 1e6);
        }
        return peaks;
    }

    private static double measure(BenchmarkOptions options, StageContext context, int[] source, String command,
            @org.jspecify.annotations.Nullable Variant variant) throws IOException {
        Path request = context.scratch().resolve("request.yaml");
        var plain = new LinkedHashMap<String, Object>();
        Variant any = context.variants().getFirst();
        Variant shown = variant == null ? any : variant;
        plain.put("architecture", shown.architecture());
        plain.put("model", Map.of(shown.architecture(), OptionDocs.plain(shown.options())));
        plain.put("vocabulary", shown.model().vocabularySize());
        plain.put("startToken", shown.model().startToken());
        plain.put("weights", variant == null ? "none" : context.found("train", variant)
                .map(train -> train.resolve(TrainStage.BEST).toAbsolutePath().toString())
                .orElse(RANDOM + variant.seed()));
        plain.put("backend", OptionDocs.plain(options.backend()));
        plain.put("source", Arrays.stream(source).boxed().toList());
        plain.put("target", options.targetTokens());
        plain.put("rows", options.scenario().rows());
        Files.writeString(request, YamlWriter.write(plain));
        Process process = new ProcessBuilder(command, "peak-memory", request.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                context.emit(new Event.Message("warning", "peak memory of " + shown.cell() + " could not be measured: the process said '" + answer
                        + "'"));
                return Double.NaN;
            }
            return Long.parseLong(answer.lines().reduce("", (a, b) -> b));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("benchmark stopped");
        } catch (NumberFormatException e) {
            return Double.NaN;
        } finally {
            process.destroy();
        }
    }

    /** In the other process: does what the request says and gives this process's peak resident memory in bytes. */
    public static long measure(Path file, Registry registry) throws IOException {
        var problems = new Problems();
        ConfigNode node = YamlReader.read(file.toString(), YamlReader.text(file), problems).orElse(null);
        problems.throwIfAny();
        Request request = new Binder(registry, problems).bind(Request.class, node, new ConfigNode.Position(file.toString(), 1, 1)).orElse(null);
        problems.throwIfAny();
        if (request != null && !request.weights().equals("none")) {
            generate(request);
        }
        return Machine.peakResidentBytes();
    }

    private static void generate(Request request) throws IOException {
        Model model = build(request.model().extension(), request.model().options(), new Build(request.architecture(), request.vocabulary(),
                request.startToken()));
        int[] source = request.source().stream().mapToInt(Integer::intValue).toArray();
        try (LoadedModel loaded = ChosenBackend.of(request.backend()).load(model, weights(model, request));
                Generator generator = loaded.generator(request.rows(), source.length + request.target() + 1)) {
            var sources = new int[request.rows()][];
            Arrays.fill(sources, source);
            var tokens = new int[request.rows()];
            Logits logits = generator.start(sources);
            for (int i = 1; i < request.target(); i++) {
                Arrays.setAll(tokens, logits::argMax);
                logits = generator.next(tokens);
            }
        }
    }

    private static <O extends Record> Model build(Architecture<O> architecture, Record options, Build build) {
        return architecture.build(architecture.optionsType().cast(options), build);
    }

    private static Weights weights(Model model, Request request) throws IOException {
        return request.weights().startsWith(RANDOM) ? Weights.standIn(model, Long.parseLong(request.weights().substring(RANDOM.length())))
                : SafeTensors.read(Path.of(request.weights())).weights();
    }
}
