package org.encore.experiment.tests.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.encore.api.Unavailable;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.Problems;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.api.task.Task;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.tests.NoData;
import org.encore.experiment.yaml.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gives, changed at random: a fixed number of files in every build, more where somebody asks. benchmarks/fuzz.md says what was found. */
class FuzzInputsTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final Path EXAMPLES = Path.of(System.getProperty("encore.root", "../.."), "examples");

    @TempDir
    Path folder;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> examples() throws IOException {
        var all = new ArrayList<byte[]>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        all.add(text("""
                name: axes
                task: {pairs: {train: a.tsv}}
                variants: {a: {decoder-only: {layers: 1}}, b: {encoder-decoder: {}}}
                seeds: [1, 2]
                matrix: {train.tokens: [1k, 2k], evaluate.decoding: [greedy, {beam: {width: 2}}]}
                tune: {trials: 2, axes: {train.learningRate: [1e-3, 2e-3]}}
                listeners: [tensorboard, {mlflow: {uri: mlruns}}]
                """));
        return all;
    }

    private static Mutation experimentFiles() throws IOException {
        return new Mutation(examples(), List.of("name: ", "task: ", "variants: ", "extends: fuzz.yaml\n", "extends: /dev/zero\n", "seeds: [1..100000000]\n",
                "seeds: [1..6]", "[1..6]", "matrix: {train.tokens: [1k, 2k]}\n", "{", "}", "[", "]", "- ", ": ", "&a ", "*a", "!!str ", "<<: ", "\t", "|\n", ">\n",
                "'", "\"", "#", "\n---\n", "\u0000", "\uFEFF", "null", "~", "train", "layers", "width", "heads: 0", "headSize: 2147483647", "block: {",
                "decoder-only", "encoder-decoder", "match: {parameters: 900G}\n", "stages: []\n", "tune: {trials: 1000000000}\n", "1k", "ort-cpu", "1.5M",
                "../../", "%", "${HOME}", "[[[[[[[[", "{{{{{{"));
    }

    @Test
    void experimentsAreRead() throws IOException {
        Trial.run("experiment", experimentFiles(), Trial.cases(1000), Trial.TO_READ, bytes -> {
            try {
                experiment(bytes);
                return null;
            } catch (InvalidConfiguration e) {
                return e.getMessage();
            }
        });
    }

    /** Those that are taken are planned: their data are looked for, their models built. It costs a hundred times what reading does. */
    @Test
    void experimentsArePlanned() throws IOException {
        var corpora = new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers"));
        Trial.run("planned experiment", experimentFiles(), Math.min(Trial.cases(400), 10_000), Trial.TO_PLAN, bytes -> {
            try {
                Plan.of(experiment(bytes), corpora);
                return null;
            } catch (InvalidConfiguration | Unavailable e) {
                return e.getMessage();
            }
        });
    }

    /** As from a file, whose bytes are decoded first. */
    private Experiment experiment(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.yaml"), bytes);
        return ExperimentReader.read(file, YamlReader.text(file), List.of(), REGISTRY);
    }

    @Test
    void pairsOfTheUser() throws IOException {
        var tabbed = text("source\ttarget\nh e\tH E\nl l o\tL L O\nw o r l d\tW O R L D\n" + "a b c\tC B A\n".repeat(5));
        var lines = text("{\"source\": \"a b\", \"target\": \"b a\"}\n{\"source\": \"c\", \"target\": [\"d\", \"e\"]}\n".repeat(8));
        var words = List.of("\t", "\n", "\r\n", "{", "}", "\"source\"", "\"target\"", "[", "]", ",", "null", "\u2028", "\uFEFF", "\\u0000", "[[[[[[[[[[[[[[[[", "{\"source\":");
        for (String name : List.of("p.tsv", "p.jsonl", "p.json.gz")) {
            Path held = Files.write(folder.resolve(name.equals("p.tsv") ? "held.tsv" : "held.jsonl"), name.equals("p.tsv") ? tabbed : lines);
            Path file = folder.resolve(name);
            String yaml = "pairs: {train: " + file + ", development: " + held + ", test: " + held + (name.equals("p.tsv") ? ", header: true" : "") + "}";
            Choice<Task<?>> task = task(yaml);
            Trial.run(name, new Mutation(List.of(name.equals("p.tsv") ? tabbed : lines), words), Trial.cases(500), Trial.TO_READ, bytes -> {
                if (name.endsWith(".gz")) {
                    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
                        out.write(bytes);
                    }
                } else {
                    Files.write(file, bytes);
                }
                try {
                    load(task);
                    return null;
                } catch (IllegalArgumentException e) {
                    return e.getMessage();
                }
            });
        }
    }

    private static Choice<Task<?>> task(String yaml) {
        var problems = new Problems();
        var node = YamlReader.read("test", yaml, problems).orElseThrow();
        Choice<Task<?>> task = new Binder(REGISTRY, problems).choice(ExtensionPoint.TASKS, node).orElseThrow();
        problems.throwIfAny();
        return task;
    }

    private static <O extends Record> void load(Choice<Task<?>> choice) {
        @SuppressWarnings("unchecked")
        var task = (Task<O>) choice.extension();
        task.load(task.optionsType().cast(choice.options()), NoData.FILES);
    }
}
