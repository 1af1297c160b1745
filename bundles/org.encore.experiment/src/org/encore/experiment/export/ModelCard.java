package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;
import org.encore.graph.StateSpec;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/** The model card: what the run measured, and nothing else. What it did not measure is called "not measured". */
final class ModelCard {

    private static final String NOT_MEASURED = "not measured";
    private static final String CALLING = """
            `prefill.onnx` reads `source` (rows, tokens) and `sourceLengths` (rows) and gives `logits` (rows, vocabulary) of the first token, and the state; the
            start token is inside it. `step.onnx` reads one more token of each row: `tokens` (rows, 1), `tokenLengths` (rows; 1 each) and the state.

            State that changes comes out as `present.X` and goes into the next step as `past.X`; `present.lengths` is the number of tokens in each row's caches.
            State that is computed once per source has one name and goes into every step. Rows are right-padded, and lengths say where they end.
            """;

    private final TrainedModel trained;
    private final List<ModelFolder.Form> forms;
    private final RunResults results;
    private final JsonObject provenance;
    private final StringBuilder text = new StringBuilder();

    ModelCard(TrainedModel trained, List<ModelFolder.Form> forms) throws IOException {
        this.trained = trained;
        this.forms = forms;
        this.results = RunResults.read(trained.folder().path());
        this.provenance = provenance(trained.folder().path().resolve(RunFolder.PROVENANCE));
    }

    private static JsonObject provenance(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new JsonObject();
        }
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), JsonObject.class)).orElseGet(JsonObject::new);
        } catch (JsonParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    String text() throws IOException {
        String name = trained.variant().name();
        line("---", "library_name: onnx", "tags: [encore, onnx, " + trained.variant().architecture() + "]", "---", "");
        line("# " + escaped(name) + ", " + escaped(trained.spec().task().id()), "");
        line("A model of " + count(trained.variant().model().parameterCount()) + " parameters, architecture `" + trained.variant().architecture()
                + "`, trained by Encore. It is cell `" + trained.variant().cell() + "` of run `" + trained.folder().name()
                + "`. Every number below was measured in that run; what was not is called *" + NOT_MEASURED + "*.", "");
        use();
        quality();
        speed();
        machine();
        data();
        training();
        origin();
        return text.toString();
    }

    private void use() {
        line("## Use", "", "`Generate.java` reads texts, generates greedily and prints; its libraries come from Maven Central:", "");
        line("    mvn -q compile exec:java -Dexec.args=\"TEXT\"", "");
        line("ONNX Runtime reports its use to its maker unless the variable `ORT_DISABLE_TELEMETRY=1` is set before it starts.", "");
        line("It prints what `encore generate " + trained.folder().name() + " --cell " + trained.variant().cell()
                + " --decoding greedy TEXT` prints.", "");
        row("file", "what it is");
        row("---", "---");
        for (ModelFolder.Form form : forms) {
            row("`" + form.name() + "/`", "ONNX by exporter `" + form.exporter().id() + "`, options " + plain(OptionDocs.plain(form.exporter().options()))
                    + "; `model.json` has every input and output");
        }
        row("`tokenizer.json`", "Hugging Face tokenizer: source text to ids, output ids to text");
        row("`config.json`, `generation_config.json`", "architecture with all options; special tokens, longest output");
        line("", CALLING);
        row("state", "shape", "how it changes");
        row("---", "---", "---");
        for (StateSpec state : trained.variant().model().state()) {
            row("`" + state.name() + "`", "`" + state.type().shape() + "`", switch (state.role()) {
                case APPEND -> "grows with every token: `past." + state.name() + "` to `present." + state.name() + "`";
                case PER_SOURCE -> "computed once per source";
                case RECURRENT -> "replaced by every step: `past." + state.name() + "` to `present." + state.name() + "`";
            });
        }
        line("", "Sizes: B rows, S source tokens, P places of a cache.", "");
    }

    private void quality() {
        line("## Quality", "");
        Scores own = results.scores().get(trained.variant().cell());
        if (own == null) {
            line(NOT_MEASURED + ".", "");
            return;
        }
        List<Scores> siblings = results.cells().stream().filter(cell -> cell.variant().equals(trained.variant().name())).map(Event.Cell::id)
                .filter(results.scores()::containsKey).map(results.scores()::get).toList();
        line("Decoding: " + escaped(own.decoding()) + ". This model is one of n = " + siblings.size() + " of this variant, each with a seed of its own"
                + (siblings.size() == 1 ? ": with one seed, nothing is known about the spread between seeds." : "."), "");
        row("split", "metric", "this model", "all seeds: mean [lowest, highest]", "examples");
        row("---", "---", "---", "---", "---");
        own.splits().forEach((split, metrics) -> metrics.forEach((metric, score) -> {
            double[] values = siblings.stream().map(s -> s.splits().getOrDefault(split, Map.of()).get(metric)).filter(java.util.Objects::nonNull)
                    .mapToDouble(Scores.Score::value).sorted().toArray();
            String spread = values.length < 2 ? "n = 1" : String.format(Locale.ROOT, "%.2f [%.2f, %.2f], n = %d",
                    java.util.Arrays.stream(values).average().orElseThrow(), values[0], values[values.length - 1], values.length);
            row(escaped(split), escaped(metric) + (score.lowerIsBetter() ? " (lower is better)" : " (higher is better)"),
                    String.format(Locale.ROOT, "%.2f %s", score.value(), score.unit()), spread, count(score.examples()));
        }));
        line("");
    }

    private void speed() {
        line("## Speed and memory", "");
        Optional<BenchmarkSummary> benchmark = results.group(trained.variant().cell()).map(results.benchmarks()::get);
        BenchmarkSummary.Cell cell = results.speed(trained.variant().cell()).orElse(null);
        if (benchmark.isEmpty() || cell == null) {
            line(NOT_MEASURED + ".", "");
            return;
        }
        BenchmarkSummary all = benchmark.get();
        line("By Encore on " + escaped(all.backend()) + ", one source of " + all.sourceTokens() + " tokens, " + all.targetTokens() + " tokens generated, "
                + all.repeats() + " repeats, " + all.voided() + " voided" + (all.course().noisy() ? " (noisy: the machine was disturbed)" : "")
                + ". Not by the program in this folder.", "");
        row("quantity", "median [95 % interval]");
        row("---", "---");
        row("source in, first token chosen", millis(cell.firstTokenMillis()));
        row("each later token", millis(cell.perTokenMillis()));
        row("peak resident memory of a process that only runs this model",
                cell.peakMegabytes() > 0 ? String.format(Locale.ROOT, "%.0f MB", cell.peakMegabytes()) : NOT_MEASURED);
        row("weights", String.format(Locale.ROOT, "%.2f MB", cell.weightBytes() / 1e6));
        row("caches at these lengths", String.format(Locale.ROOT, "%.3f MB", cell.stateBytes() / 1e6));
        line("");
    }

    private static String millis(BenchmarkSummary.@org.jspecify.annotations.Nullable Estimate e) {
        return e == null ? NOT_MEASURED : String.format(Locale.ROOT, "%.3f ms [%.3f, %.3f]", e.median(), e.low(), e.high());
    }

    private void machine() {
        line("## Machine", "");
        table(provenance.get("machine"), "not recorded");
    }

    private void data() {
        line("## Data", "", escaped(trained.data().description()) + ".", "");
        line("SHA-256 of what the examples were made from: `" + trained.data().digest() + "`.", "");
        String licence = licence(trained.spec().task());
        line("Licence of the data: " + (licence.isEmpty() ? "not stated by the task." : escaped(licence)), "");
    }

    private static <O extends Record> String licence(Choice<org.encore.api.task.Task<?>> choice) {
        @SuppressWarnings("unchecked")
        var task = (org.encore.api.task.Task<O>) choice.extension();
        return task.licence(task.optionsType().cast(choice.options()));
    }

    private void training() throws IOException {
        String cell = trained.variant().cell();
        line("## Training", "");
        row("setting", "value");
        row("---", "---");
        row("seed", Long.toString(trained.variant().seed()));
        row("threads", Integer.toString(trained.experiment().header().resources().threadsEach()));
        trained.spec().stages().values().stream().filter(stage -> stage.id().equals("train"))
                .forEach(stage -> flat("", OptionDocs.plain(stage.options())).forEach((name, value) -> row(escaped(name), escaped(value))));
        row("pairs to learn from", count(trained.data().train().size()));
        List<Event.TrainStep> curve = results.curves().getOrDefault(cell, List.of());
        List<Event.TrainEvaluation> development = results.development().getOrDefault(cell, List.of());
        row("steps, tokens seen", curve.isEmpty() ? "not recorded" : count(curve.getLast().step()) + ", " + count(curve.getLast().tokens()));
        row("least development loss", development.stream().mapToDouble(Event.TrainEvaluation::loss).min().stream().boxed().findFirst()
                .map(loss -> String.format(Locale.ROOT, "%.4f nats per label", loss)).orElse(NOT_MEASURED));
        row("time", duration(cell));
        line("");
    }

    private String duration(String cell) throws IOException {
        return EventTail.readAll(trained.folder().path()).stream().map(EventJson.Timed::event).filter(Event.StageFinished.class::isInstance)
                .map(Event.StageFinished.class::cast).filter(e -> e.cell().equals(cell) && e.stage().equals("train")).reduce((first, second) -> second)
                .map(e -> String.format(Locale.ROOT, "%.0f s", e.seconds())).orElse("not recorded in this run; the training was done before it");
    }

    private void origin() {
        line("## Origin", "");
        String written = provenance.has("written") ? ", finished " + provenance.get("written").getAsString() : "";
        line("Run `" + trained.folder().name() + "`" + written + ".", "");
        line("Options of the architecture: " + plain(OptionDocs.plain(trained.variant().options())) + ".", "");
        if (provenance.get("bundles") instanceof JsonObject bundles) {
            line("Made by " + bundles.entrySet().stream().map(b -> b.getKey() + " " + b.getValue().getAsString()).collect(Collectors.joining(", "))
                    + ".");
        }
    }

    // ---- Markdown

    private void table(@org.jspecify.annotations.Nullable JsonElement facts, String none) {
        if (!(facts instanceof JsonObject object) || object.isEmpty()) {
            line(none + ".", "");
            return;
        }
        row("fact", "value");
        row("---", "---");
        object.entrySet().forEach(fact -> row(escaped(fact.getKey()),
                escaped(fact.getValue().isJsonPrimitive() ? fact.getValue().getAsString() : fact.getValue().toString())));
        line("");
    }

    private static Map<String, String> flat(String prefix, Object value) {
        var flat = new TreeMap<String, String>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> flat.putAll(flat(prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name, inner)));
        } else {
            flat.put(prefix, String.valueOf(value));
        }
        return flat;
    }

    private static String plain(Object value) {
        var parts = new ArrayList<String>();
        flat("", value).forEach((name, inner) -> parts.add(name.isEmpty() ? inner : name + "=" + inner));
        return parts.isEmpty() || parts.equals(List.of("{}")) ? "none" : escaped(String.join(", ", parts));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Names and data must not become markup. */
    private static String escaped(String data) {
        return data.replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1").replaceAll("[\\r\\n]+", " ");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String... lines) {
        for (String next : lines) {
            text.append(next).append('\n');
        }
    }
}
