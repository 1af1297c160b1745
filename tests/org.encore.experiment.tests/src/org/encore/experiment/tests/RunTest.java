package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.api.run.Event;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small experiments, run for real: real data, libtorch, ONNX Runtime. */
class RunTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String SMALL = """
            name: small
            task: g2p-cmudict
            variants:
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            train: {tokens: 60k, batchTokens: 1024, evaluations: 6, evaluationPairs: 64}
            evaluate: {maxTokens: 8}
            benchmark: {repeats: 10, warmup: 2, memory: false}
            """;

    @TempDir
    Path folder;

    private Workshop workshop(Path runs) {
        return new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), runs, Optional.empty());
    }

    private Experiment read(String yaml) {
        return ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY);
    }

    private Runner.Ending run(String yaml, Path runs, List<Event> events, BooleanSupplier stop) throws IOException {
        Workshop workshop = workshop(runs);
        return Runner.run(Plan.of(read(yaml), workshop.corpora()), workshop, List.of((run, time, event) -> events.add(event)), stop);
    }

    @Test
    void aRunTrainsExportsEvaluatesMeasuresAndReportsAndIsNotDoneTwice() throws IOException {
        Path runs = folder.resolve("runs");
        var events = new ArrayList<Event>();
        Runner.Ending ending = run(SMALL, runs, events, () -> false);
        assertThat(ending.failures()).isEmpty();
        assertThat(ending.status()).isEqualTo("done");
        Path run = ending.folder().path();
        for (String file : List.of("events.jsonl", "resolved.yaml", "experiment.yaml", "provenance.json", "report.html", "tokenizer/tokenizer.json", "plan.json",
                "cells/enc-seed1/train/model.safetensors", "cells/enc-seed1/train/curve.csv", "cells/enc-seed1/export/onnx/step.onnx",
                "cells/enc-seed1/export/onnx/prefill.onnx", "cells/enc-seed1/export/model.graph", "cells/enc-seed1/evaluate/predictions.jsonl",
                "benchmark/samples.csv", "report/results.csv")) {
            assertThat(run.resolve(file)).exists();
        }
        RunResults results = RunResults.read(run);
        assertThat(results.scores().get("enc-seed1").splits().get("test").get("per").examples()).isEqualTo(12_333);
        assertThat(results.benchmarks()).containsOnlyKeys("");
        assertThat(events.stream().filter(Event.Progress.class::isInstance).map(Event.Progress.class::cast).filter(p -> p.stage().equals("evaluate")))
                .as("progress is thinned out, but its end is always told").last().satisfies(p -> assertThat(p.done()).isEqualTo(p.total()).isEqualTo(18_624));

        List<Event> told = EventTail.readAll(run).stream().map(EventJson.Timed::event).toList();
        int repeat = told.indexOf(told.stream().filter(Event.RaceRepeat.class::isInstance).findFirst().orElseThrow());
        assertThat(repeat).as("times are told before the race is over").isLessThan(told.indexOf(told.stream().filter(Event.Sample.class::isInstance)
                .findFirst().orElseThrow()));
        var live = new LiveRun();
        told.forEach(live::on);
        assertThat(live.samples().get("enc-seed1")).as("and each once, when it is").hasSize((int) told.stream()
                .filter(e -> e instanceof Event.Sample sample && sample.cell().equals("enc-seed1")).count()).extracting(Event.Sample::repeat)
                .startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).doesNotHaveDuplicates();

        var again = new ArrayList<Event>();
        Runner.Ending second = run(SMALL, runs, again, () -> false);
        assertThat(second.folder().path()).isNotEqualTo(run);
        assertThat(again.stream().filter(Event.StageCached.class::isInstance)).hasSize(6);
        assertThat(again.stream().filter(Event.TrainStep.class::isInstance)).isEmpty();
        assertThat(RunResults.read(second.folder().path()).curves()).as("the report still has its curves").containsKey("enc-seed1");

        // what was resolved is the same experiment
        String resolved = Files.readString(run.resolve(RunFolder.RESOLVED));
        assertThat(read(resolved).resolved()).isEqualTo(read(SMALL).resolved());
    }

    @Test
    void aStoppedRunGoesOnInItsOwnFolderAndEndsWithTheSameBits() throws IOException {
        String trainOnly = SMALL + "stages: [data, tokenizer, train]\n";
        trainOnly = trainOnly.lines().filter(line -> !line.startsWith("evaluate") && !line.startsWith("benchmark")).reduce("", (a, b) -> a + b + "\n");
        var unbroken = run(trainOnly, folder.resolve("unbroken"), new ArrayList<>(), () -> false);
        Path broken = folder.resolve("broken");
        var events = new ArrayList<Event>();
        var stopped = run(trainOnly, broken, events, () -> events.stream().filter(Event.TrainEvaluation.class::isInstance).count() >= 2);
        assertThat(stopped.status()).isEqualTo("stopped");
        assertThat(stopped.folder().path().resolve("cells/enc-seed1/train")).doesNotExist();
        var later = new ArrayList<Event>();
        var resumed = run(trainOnly, broken, later, () -> false);
        assertThat(resumed.folder()).isEqualTo(stopped.folder());
        assertThat(later).anyMatch(e -> e instanceof Event.Message m && m.text().contains("training goes on after step"));
        for (String file : List.of("model.safetensors", "last.safetensors", "development.csv")) {
            assertThat(Files.readAllBytes(resumed.folder().result("enc-seed1", "train").resolve(file))).as(file)
                    .isEqualTo(Files.readAllBytes(unbroken.folder().result("enc-seed1", "train").resolve(file)));
        }
    }

    @Test
    void whatFailsIsToldAndTheRestGoesOn() throws IOException {
        String diverges = SMALL.replace("tokens: 60k,", "tokens: 20k, learningRate: 1e30, clip: 0,");
        var events = new ArrayList<Event>();
        Runner.Ending ending = run(diverges, folder.resolve("runs"), events, () -> false);
        assertThat(ending.status()).isEqualTo("failed");
        assertThat(ending.failures()).anySatisfy(f -> {
            assertThat(f.stage()).isEqualTo("train");
            assertThat(f.message()).contains("the loss became").contains("Lower learningRate");
        });
        assertThat(ending.folder().path().resolve("report.html")).exists().content().contains("the loss became");
    }

    @Test
    void aMatchThatNoWidthReachesIsToldAtItsVariant() {
        String impossible = SMALL.replace("resources:", "match: {parameters: 100}\nresources:");
        assertThatThrownBy(() -> run(impossible, folder.resolve("runs"), new ArrayList<>(), () -> false)).isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("test.yaml:4:3: variant 'enc': even at width 1");
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        String trainOnly = SMALL.lines().filter(line -> !line.startsWith("evaluate") && !line.startsWith("benchmark")).reduce("", (a, b) -> a + b + "\n")
                + "stages: [data, tokenizer, train]\n";
        Path runs = folder.resolve("runs");
        var events = new ArrayList<Event>();
        run(trainOnly, runs, events, () -> events.stream().anyMatch(Event.TrainEvaluation.class::isInstance));
        try (var files = Files.walk(runs)) {
            Path checkpoint = files.filter(f -> f.endsWith("checkpoint.safetensors")).findFirst().orElseThrow();
            Files.write(checkpoint, java.util.Arrays.copyOf(Files.readAllBytes(checkpoint), 100));
        }
        Runner.Ending ending = run(trainOnly, runs, new ArrayList<>(), () -> false);
        assertThat(ending.failures()).singleElement().satisfies(f -> assertThat(f.message()).contains("checkpoint.safetensors").contains("Delete it"));
    }
}
