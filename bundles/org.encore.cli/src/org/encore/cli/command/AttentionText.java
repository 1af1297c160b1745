package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.RowByRow;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.export.Attended;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.imported.Continuation;
import org.encore.experiment.imported.ImportedModel;
import org.encore.experiment.result.Csv;

/** Prints what a model looks at: for each attention and position, the tokens that get most, as a mean over heads. */
final class AttentionText {

    private static final int MOST = 3;
    /** What a language model writes if nobody says how much: it seldom ends by itself, and every token is a line of every attention. */
    private static final int LANGUAGE_TOKENS = 16;

    private AttentionText() {}

    /**
     * @param output what the model writes; empty for its own answer
     * @param most tokens of its own answer; 0 if nobody says
     */
    static Attended of(TrainedModel trained, Registry registry, String text, String output, int most) {
        int[] source = trained.tokenizer().encodeSource(text);
        int[] target = output.isBlank() ? answer(trained, registry, source, most == 0 ? trained.maxTokens() : most) : trained.tokenizer().encodeTarget(output);
        return Attended.of(trained, registry, source, target, () -> false);
    }

    /** As that of a run's, of a model that others have trained: to write a target to a source, or to go on with a text. */
    static Attended of(ImportedModel imported, Registry registry, String text, String output, int most) {
        Tokenizer tokenizer = imported.readingText("it");
        int[] read = tokenizer.encodeSource(text);
        if (imported.source().isPresent()) {
            int[] target = output.isBlank() ? answer(imported, registry, read, most == 0 ? Continuation.USUAL_TOKENS : most) : tokenizer.encodeTarget(output);
            return Attended.of(imported.model(), imported.weights(), tokenizer, registry, read, target, () -> false);
        }
        int[] whole = output.isBlank() ? answer(imported, registry, read, most == 0 ? LANGUAGE_TOKENS : most) : tokenizer.encodeSource(text + output);
        int differs = Arrays.mismatch(read, whole);   // the text's last letters may be in one token with what follows
        int common = differs < 0 ? read.length : differs;
        return Attended.ofText(imported, registry, Arrays.copyOf(whole, common), Arrays.copyOfRange(whole, common, whole.length), () -> false);
    }

    private static int[] answer(ImportedModel imported, Registry registry, int[] read, int most) {
        try (LoadedModel model = ChosenBackend.of(usual(registry)).load(imported.model(), imported.weights())) {
            return Continuation.greedy(imported, model, read, most);
        }
    }

    /** Always with the likeliest token. */
    private static int[] answer(TrainedModel trained, Registry registry, int[] source, int most) {
        Choice<Backend<?>> backend = trained.evaluation().map(EvaluateOptions::backend).orElseGet(() -> usual(registry));
        var limits = new Limits(trained.tokenizer().endToken(), most);
        try (LoadedModel model = ChosenBackend.of(backend).load(trained.variant().model(), trained.weights());
                Generator generator = model.generator(1, source.length + 1 + most)) {
            return RowByRow.outputs(generator, new int[][] {source}, limits, (logits, row, of) -> logits.argMax(row)).getFirst();
        }
    }

    private static Choice<Backend<?>> usual(Registry registry) {
        return Chosen.of(ExtensionPoint.BACKENDS, "--backend", "ort-cpu", registry);
    }

    static void print(Attended attended, PrintWriter out) {
        if (attended.maps().isEmpty()) {
            out.println("This model has no attention: it mixes tokens by other means.");
        }
        for (AttentionMap map : attended.maps()) {
            out.println(map.path() + " (" + (map.heads() == 1 ? "1 head" : "mean of " + map.heads() + " heads") + ")");
            List<String> queries = attended.queries(map);
            List<String> keys = attended.keys(map);
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("at", "looks at"));
            for (int query = 0; query < queries.size(); query++) {
                rows.add(List.of(queries.get(query), largest(map, query, keys)));
            }
            Columns.print(rows, out);
            out.println();
        }
    }

    private static String largest(AttentionMap map, int query, List<String> keys) {
        return IntStream.range(0, keys.size()).boxed().sorted((a, b) -> Double.compare(map.mean(query, b), map.mean(query, a))).limit(MOST)
                .filter(key -> map.mean(query, key) > 0)
                .map(key -> String.format(Locale.ROOT, "%s %.2f", keys.get(key), map.mean(query, key))).collect(Collectors.joining("  "));
    }

    /** Every weight of every head. */
    static void write(Attended attended, Path file) throws IOException {
        var table = new ArrayList<List<Object>>(List.of(List.of("attention", "head", "query", "queryToken", "key", "keyToken", "weight")));
        for (AttentionMap map : attended.maps()) {
            List<String> queries = attended.queries(map);
            List<String> keys = attended.keys(map);
            for (int head = 0; head < map.heads(); head++) {
                for (int query = 0; query < queries.size(); query++) {
                    for (int key = 0; key < keys.size(); key++) {
                        table.add(List.of(map.path(), head + 1, query, queries.get(query), key, keys.get(key), map.weight(head, query, key)));
                    }
                }
            }
        }
        Files.writeString(file, Csv.text(table));
    }
}
