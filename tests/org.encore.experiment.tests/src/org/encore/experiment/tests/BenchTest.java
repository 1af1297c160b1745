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
import org.encore.experiment.device.Room;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.modelled.Predictions;
import org.encore.report.table.Efficiency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments about speed, of models that nobody trains. */
class BenchTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String TINY = """
            name: tiny
            task: {random-tokens: {vocabulary: 64}}
            variants:
              dec: {decoder-only: {layers: 3, block: {width: 32, heads: 1, kvHeads: 1, headSize: 16}}}
              encdec: {encoder-decoder: {encoderLayers: 2, decoderLayers: 1, block: {width: 32, heads: 1, kvHeads: 1, headSize: 16}}}
            benchmark: {repeats: 6, warmup: 1, memory: false, sourceTokens: 8, targetTokens: 5, backend: {ort-cpu: {threads: 1}}}
            stages: [benchmark, predict, report]
            quick: {benchmark: {repeats: 7}, matrix: {benchmark.sourceTokens: [4, 8]}}
            """;

    @TempDir
    private Path folder;

    private Workshop workshop() {
        return new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve("runs"),
                Optional.empty());
    }

    private Experiment read(String yaml) {
        return ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY);
    }

    private Runner.Ending run(Experiment experiment, List<Event> events, BooleanSupplier stop) throws IOException {
        Workshop workshop = workshop();
        return Runner.run(Plan.of(experiment, workshop.corpora()), workshop, List.of((run, time, event) -> events.add(event)), stop);
    }

    @Test
    void modelsThatNobodyTrainedAreMeasuredTokenByTokenAndModelledElsewhere() throws IOException {
        Runner.Ending ending = run(ExperimentReader.readQuick(folder.resolve("test.yaml"), TINY, List.of(), REGISTRY), new ArrayList<>(),
                () -> false);
        assertThat(ending.failures()).isEmpty();
        RunResults results = RunResults.read(ending.folder().path());
        assertThat(results.experiment()).isEqualTo("tiny-quick");
        assertThat(results.benchmarks()).hasSize(2);
        for (BenchmarkSummary race : results.benchmarks().values()) {
            assertThat(race.course().untrained()).isTrue();
            assertThat(race.course().partial()).isFalse();
            assertThat(race.conditions()).containsEntry("threads", "1");
            assertThat(race.repeats() + race.voided()).isGreaterThanOrEqualTo(7);
            race.cells().values().forEach(cell -> {
                assertThat(cell.laterMillis().p50()).isPositive().isLessThanOrEqualTo(cell.laterMillis().p90());
                assertThat(cell.laterMillis().p90()).isLessThanOrEqualTo(cell.laterMillis().p99());
                assertThat(cell.laterMillis().tokens()).isGreaterThanOrEqualTo(7 * 4);
                assertThat(cell.endToEndMillis().median()).isGreaterThan(cell.firstTokenMillis().median());
            });
        }
        Path samples = ending.folder().path().resolve("groups/sourceTokens=4/benchmark/tokens.csv");
        assertThat(Files.readAllLines(samples).get(1).split(",")).as("cell, repeat and four later tokens").hasSize(6);

        Predictions predictions = Predictions.read(results).orElseThrow();
        assertThat(predictions.devices().keySet()).contains("hexagon", "raspberry-pi-5", "h100");
        Predictions.OfCell npu = predictions.of("dec-sourceTokens=8-seed1", "hexagon").orElseThrow();
        assertThat(predictions.firstToken(npu).toString()).startsWith("modelled ");
        String text = Efficiency.text(results);
        assertThat(text).contains("n = 4 tokens read, m = 5 generated").contains("device (modelled)").contains("modelled, not measured").contains("noise floor");
        String page = Files.readString(ending.folder().path().resolve("report.html"));
        assertThat(page).contains("<h2>Efficiency</h2>").contains("Time to first token against length");
    }

    @Test
    void aChatAndABatchAreMeasuredAndSayWhatTheyAre() throws IOException {
        String scenarios = TINY.replace("quick: {", "matrix: {benchmark.scenario: {talk: {chat: {messages: 3, messageTokens: 4}}, many: {batch: {rows: 3}}}}\nquick: {");
        var events = new ArrayList<Event>();
        Runner.Ending ending = run(read(scenarios), events, () -> false);
        assertThat(ending.failures()).isEmpty();
        RunResults results = RunResults.read(ending.folder().path());
        String text = Efficiency.text(results);
        assertThat(text).contains("chat of 3 messages, caches kept: n = 8 tokens read, m = 5 generated").contains("offline batch of 3")
                .contains("dec, first token of each request in ms: ");
        BenchmarkSummary batch = results.benchmarks().values().stream().filter(race -> race.turn().rows() == 3).findFirst().orElseThrow();
        BenchmarkSummary chat = results.benchmarks().values().stream().filter(race -> race.turn().requests() == 3).findFirst().orElseThrow();
        assertThat(batch.single()).isFalse();
        chat.cells().values().forEach(cell -> {
            assertThat(cell.firstTokens()).hasSize(3);
            assertThat(cell.roofline()).as("the work of a chat is not that of one request").isNull();
        });
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().startsWith("nothing is predicted for 'chat of 3 messages"));
        String trace = Files.readString(ending.folder().path().resolve("groups/scenario=talk/benchmark/trace.json"));
        assertThat(trace).contains("\"traceEvents\"").contains("\"kept\":12").contains("\"name\":\"token 5\"");
    }

    @Test
    void aStoppedMeasurementLeavesWhatItHasAndMarksIt() throws IOException {
        String longer = TINY.replace("repeats: 6", "repeats: 2000"); // so many that it is not over before it learns that it is to stop
        var events = new ArrayList<Event>();
        Runner.Ending stopped = run(read(longer), events, () -> events.stream().anyMatch(e -> e instanceof Event.Progress p && p.unit().equals("turns") && p.done() >= 3));
        assertThat(stopped.status()).isEqualTo("stopped");
        RunResults results = RunResults.read(stopped.folder().path());
        BenchmarkSummary part = results.benchmarks().get("");
        assertThat(part.course().partial()).isTrue();
        assertThat(part.repeats() + part.voided()).isBetween(1, 1999);
        assertThat(Efficiency.text(results)).contains("PARTIAL");

        Runner.Ending whole = run(read(longer), new ArrayList<>(), () -> false);
        assertThat(whole.folder()).isEqualTo(stopped.folder());
        assertThat(RunResults.read(whole.folder().path()).benchmarks().get("").course().partial()).isFalse();
        assertThat(whole.folder().path().resolve("partial/benchmark-dec-seed1")).doesNotExist();
    }

    @Test
    void modelsThatDoNotFitIntoMemoryAreRefusedWithBothNumbers() {
        String large = TINY.replace("layers: 3, block: {width: 32", "layers: 300, block: {width: 512");
        Plan plan = Plan.of(read(large), workshop().corpora());
        Room.check(plan, 64L << 30);
        assertThatThrownBy(() -> Room.check(plan, 2_000_000_000L)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stage benchmark would load dec-seed1, encdec-seed1 at once")
                .hasMessageContaining("this process may use 2.0 GB")
                .hasMessageContaining("Nothing was loaded");
    }

    @Test
    void trainingAfterMeasuringIsAMistakeThatIsTold() {
        assertThatThrownBy(() -> read(TINY.replace("[benchmark, predict, report]", "[data, tokenizer, benchmark, train]")))
                .isInstanceOf(InvalidConfiguration.class).hasMessageContaining("stage 'train' must stand before stage 'benchmark'");
        assertThatThrownBy(() -> read(TINY.replace("[benchmark, predict, report]", "[predict]")))
                .isInstanceOf(InvalidConfiguration.class).hasMessageContaining("stage 'predict' needs stage 'benchmark' before it");
    }

    @Test
    void aVocabularyThatLeavesNoTokenIsTold() {
        assertThatThrownBy(() -> read(TINY.replace("vocabulary: 64", "vocabulary: 4"))).isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("give 5 to 1000000");
        Plan plan = Plan.of(read(TINY), workshop().corpora());
        assertThat(plan.cells().getFirst().corpus().tokenizer().size()).isEqualTo(64);
    }
}
