package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Forecast;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunStatus;
import org.encore.experiment.run.WholeFolder;
import org.encore.experiment.store.Waste;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matrices of small models, run for real in this process. */
class MatrixRunTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String SMALL = """
            name: small
            task: g2p-cmudict
            variants:
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              dec: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            stages: [data, tokenizer, train]
            train: {tokens: 6k, batchTokens: 1024, evaluations: 2, evaluationPairs: 32}
            """;

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    private Workshop workshop() {
        return new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve("runs"), Optional.empty());
    }

    private Plan plan(String yaml) {
        Experiment experiment = ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY);
        return Plan.of(experiment, workshop().corpora());
    }

    private Runner.Ending run(String yaml) throws IOException {
        events.clear();
        return Runner.run(plan(yaml), workshop(), List.of((run, time, event) -> events.add(event)), () -> false);
    }

    private long started(String stage) {
        return events.stream().filter(e -> e instanceof Event.StageStarted s && s.stage().equals(stage)).count();
    }

    private static byte[] weights(Runner.Ending ending, String cell) throws IOException {
        return Files.readAllBytes(ending.folder().result(cell, "train").resolve("last.safetensors"));
    }

    @Test
    void aModelThatAnotherExperimentTrainedIsNotTrainedAgainWhateverItIsCalled() throws IOException {
        Runner.Ending first = run(SMALL);
        assertThat(first.status()).isEqualTo("done");
        assertThat(started("train")).isEqualTo(2);
        Runner.Ending second = run(SMALL.replace("enc:", "another:") + "seeds: [1, 2]\nmatrix: {train.learningRate: [2e-3, 4e-3]}\n");
        assertThat(second.failures()).isEmpty();
        assertThat(started("train")).as("8 cells, of which two were trained before").isEqualTo(6);
        assertThat(weights(second, "another-learningRate=2e-3-seed1")).isEqualTo(weights(first, "enc-seed1"));
        assertThat(weights(second, "another-learningRate=4e-3-seed1")).isNotEqualTo(weights(first, "enc-seed1"));
    }

    @Test
    void whatAnAxisDoesNotTouchIsDoneOnceForAllItsValues() throws IOException {
        Runner.Ending ending = run(SMALL.replace("train]", "train, evaluate, benchmark]") + """
                evaluate: {maxTokens: 4}
                benchmark: {repeats: 6, warmup: 1, memory: false}
                matrix: {benchmark.sourceTokens: [4, 8]}
                """);
        assertThat(ending.failures()).isEmpty();
        assertThat(started("train")).isEqualTo(2);
        assertThat(started("evaluate")).isEqualTo(2);
        assertThat(started("benchmark")).isEqualTo(2);
        RunResults results = RunResults.read(ending.folder().path());
        assertThat(results.benchmarks()).containsOnlyKeys("sourceTokens=4", "sourceTokens=8");
        assertThat(results.speed("enc-sourceTokens=8-seed1")).isPresent();
        assertThat(results.benchmarks().get("sourceTokens=8").sourceTokens()).isEqualTo(8);
        assertThat(ending.folder().result("dec-sourceTokens=4-seed1", "evaluate").toRealPath())
                .isEqualTo(ending.folder().result("dec-sourceTokens=8-seed1", "evaluate").toRealPath());
    }

    @Test
    void modelsThatDifferInTheirSeedAloneAreTimedOnce() throws IOException {
        Runner.Ending ending = run(SMALL.replace("train]", "train, benchmark]") + "seeds: [1..3]\nbenchmark: {repeats: 6, warmup: 1, memory: false}\n");
        RunResults results = RunResults.read(ending.folder().path());
        assertThat(results.benchmarks().get("").cells()).containsOnlyKeys("enc-seed1", "dec-seed1");
        assertThat(results.speed("enc-seed3")).isEqualTo(results.speed("enc-seed1")).isPresent();
        assertThat(results.speed("dec-seed3")).isEqualTo(results.speed("dec-seed1")).isNotEqualTo(results.speed("enc-seed3"));
    }

    @Test
    void everyVariantIsTunedByTheSameTrialsOnTheDevelopmentSetAlone() throws IOException {
        String yaml = SMALL + """
                seeds: [1, 2]
                matrix: {size: {large: {variants.*.block.width: 24}, small: {variants.*.block.width: 16}}}
                tune: {over: {train.learningRate: [1e-6, 4e-3], train.clip: [1.0]}}
                """;
        Runner.Ending ending = run(yaml);
        assertThat(ending.failures()).isEmpty();
        RunPlan plan = RunPlan.read(ending.folder()).orElseThrow();
        assertThat(plan.tuned()).containsOnlyKeys("enc", "dec");
        assertThat(plan.tuned().get("enc").trials()).isEqualTo(2);
        assertThat(plan.tuned().get("enc").chosen()).isEqualTo(Map.of("learningRate", "4e-3", "clip", "1.0"));
        assertThat(events.stream().filter(e -> e instanceof Event.StageStarted s && s.stage().equals("train")).map(e -> ((Event.StageStarted) e).cell())
                .filter(cell -> cell.startsWith("tune-"))).containsExactly("tune-enc-1", "tune-enc-2", "tune-dec-1", "tune-dec-2");
        assertThat(ending.folder().path().resolve("tuning/enc/tune/chosen.json")).exists();
        // the trial at the smallest size, the first seed and the chosen rate is the same training as that of the experiment
        assertThat(Files.readAllBytes(ending.folder().path().resolve("tuning/enc/cells/tune-enc-2/train/last.safetensors")))
                .isEqualTo(weights(ending, "enc-size=small-seed1"));
        assertThat(started("train")).isEqualTo(2 * 2 + 2 * 2 * 2 - 2);
        // and nothing is tried again
        run(yaml);
        assertThat(started("train")).isZero();
    }

    @Test
    void aForecastCountsWhatIsDoneAndWhatIsNot() throws IOException {
        run(SMALL);
        Forecast forecast = Forecast.of(plan(SMALL + "seeds: [1..3]\n"), workshop());
        var lines = new HashMap<String, Forecast.Line>();
        forecast.lines().forEach(line -> lines.put(line.stage(), line));
        assertThat(lines.get("data").cached()).isEqualTo(1);
        assertThat(lines.get("train").jobs()).isEqualTo(6);
        assertThat(lines.get("train").cached()).isEqualTo(2);
        assertThat(lines.get("train").seconds()).isPositive();
        assertThat(lines.get("train").basis()).as("earlier trainings").isEqualTo(2);
    }

    @Test
    void whatNoRunNeedsIsFoundAndTheRestIsKept() throws IOException {
        Runner.Ending kept = run(SMALL);
        Runner.Ending removed = run(SMALL + "seeds: [7]\n");
        WholeFolder.delete(removed.folder().path());
        Path store = folder.resolve("runs/store");
        try (Stream<Path> entries = Files.list(store)) {
            for (Path entry : entries.toList()) {
                Files.setLastModifiedTime(entry, java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(3600)));
            }
        }
        Waste waste = Waste.of(folder.resolve("runs"));
        assertThat(waste.removable()).hasSize(2).allMatch(item -> item.folder().getFileName().toString().startsWith("train-"));
        assertThat(waste.beyond(waste.bytes())).isEmpty();
        assertThat(waste.beyond(waste.bytes() - 1)).hasSize(1);
        for (Waste.Item item : waste.beyond(0)) {
            WholeFolder.delete(item.folder());
        }
        assertThat(kept.folder().result("enc-seed1", "train").resolve("model.safetensors")).exists();
        assertThat(Waste.of(folder.resolve("runs")).removable()).isEmpty();
        assertThat(RunStatus.of(kept.folder()).word()).isEqualTo("done");
    }

    @Test
    void aRunWhoseProcessEndedWithoutAWordWasKilled() throws IOException {
        Runner.Ending ending = run(SMALL);
        Path log = ending.folder().path().resolve("events.jsonl");
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, lines.size() - 1));
        assertThat(RunStatus.of(ending.folder()).word()).isEqualTo("killed");
        Files.writeString(log, "{\"time\":\"2026-11", java.nio.file.StandardOpenOption.APPEND);
        assertThat(RunStatus.of(ending.folder()).word()).isEqualTo("killed");
    }
}
