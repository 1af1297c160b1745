package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.listeners.mlflow.MlflowListener;
import org.encore.listeners.mlflow.MlflowOptions;
import org.encore.listeners.mlflow.Pace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowFolderTest {

    private static final Pace QUICK = new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(20),
            Duration.ofSeconds(20), 1000);

    @TempDir
    Path temporary;
    private Path run;
    private FileStore store;

    @BeforeEach
    void aRun() throws IOException {
        run = Story.folder(temporary);
        store = new FileStore(temporary.resolve("mlruns"));
    }

    private EventSink open(Optional<String> experiment) throws IOException {
        return new MlflowListener(Map.of(), QUICK).open(new MlflowOptions("mlruns", experiment), run);
    }

    private interface Telling {
        void tell(Story story) throws IOException;
    }

    private void follow(Telling telling) throws IOException {
        try (EventSink sink = open(Optional.empty())) {
            telling.tell(new Story(run, sink));
        }
    }

    @Test
    void aModelIsARunBelowTheWholeWithCurvesAndScores() throws IOException {
        follow(story -> story.start(false).whole(Story.PLAIN).tell(new Event.Sample(Story.PLAIN, 0, 5.5, 1.25, false))
                .tell(new Event.StageFinished("", "benchmark", 3)).finish("done"));
        Map<String, FileStore.Run> runs = store.runs("g2p");
        assertThat(runs).containsOnlyKeys("g2p-2026-07-01-1", Story.PLAIN);
        FileStore.Run plain = runs.get(Story.PLAIN);
        assertThat(plain.tags()).containsEntry("mlflow.parentRunId", runs.get("g2p-2026-07-01-1").id()).containsEntry("mlflow.source.name", "encore")
                .containsEntry("mlflow.source.type", "LOCAL").containsEntry("encore.run", "g2p-2026-07-01-1").containsKey("mlflow.user");
        assertThat(plain.metrics()).containsOnlyKeys("train/loss", "train/learningRate", "train/gradientNorm", "train/tokensPerSecond",
                "train/tokens",
                "development/loss", "development/per", "test/per", "benchmark/firstTokenMillis", "benchmark/perTokenMillis");
        assertThat(plain.steps("train/loss")).containsExactly("1: 1.0", "2: 0.5", "3: 0.3333333333333333");
        assertThat(plain.metrics().get("train/loss").getFirst().milliseconds()).isEqualTo(Story.BEGIN.plusMillis(4500).toEpochMilli());
        assertThat(plain.steps("test/per")).containsExactly("3: 21.5");
        assertThat(plain.meta()).containsEntry("status", 3).containsEntry("lifecycle_stage", "active").containsEntry("source_type", 4)
                .containsEntry("start_time", Story.BEGIN.plusMillis(1500).toEpochMilli());
        assertThat((String) plain.meta().get("artifact_uri")).isEqualTo("file://" + plain.folder().resolve("artifacts"));
        assertThat((Long) plain.meta().get("end_time")).isGreaterThan(Story.BEGIN.toEpochMilli());
    }

    @Test
    void parametersAreWhatModelAndRunWereMadeWithButNoAddresses() throws IOException {
        follow(story -> story.start(false).train(Story.BRIDGED, 1, 1).finish("done"));
        assertThat(store.runs("g2p").get(Story.BRIDGED).params()).containsOnly(Map.entry("variant", "bridged"), Map.entry("seed", "1"),
                Map.entry("parameters", "1010"), Map.entry("architecture", "residual-bridged"), Map.entry("architecture.width", "60"),
                Map.entry("architecture.bridge", "weighted"), Map.entry("length", "32"), Map.entry("train.learningRate", "0.003"),
                Map.entry("train.epochs", "3"), Map.entry("train.schedule.linear.warmup", "0.1"), Map.entry("task", "g2p-cmudict"));
        assertThat(store.runs("g2p").get("g2p-2026-07-01-1").params()).containsOnlyKeys("train.epochs", "train.schedule.linear.warmup", "task");
    }

    @Test
    void theReportIsKeptWithTheWholeRun() throws IOException {
        follow(story -> {
            story.start(false).train(Story.PLAIN, 1, 1);
            Files.writeString(run.resolve("report.html"), "<p>found</p>");
            story.finish("done");
        });
        Path artifacts = store.runs("g2p").get("g2p-2026-07-01-1").folder().resolve("artifacts");
        assertThat(artifacts.resolve("report.html")).hasContent("<p>found</p>");
        assertThat(artifacts.resolve("resolved.yaml")).hasSameTextualContentAs(run.resolve("resolved.yaml"));
    }

    @Test
    void experimentsHaveTheNameThatIsAskedForAndNoNameIsReadAsSomethingElse() throws IOException {
        for (String name : List.of("on", "2026-07-01", "12:30:00", "a: #b \"c\"", "grüße", "0o7")) {
            try (EventSink sink = open(Optional.of(name))) {
                new Story(run, sink).start(false).finish("done");
            }
        }
        assertThat(store.experiments()).containsOnlyKeys("Default", "on", "2026-07-01", "12:30:00", "a: #b \"c\"", "grüße", "0o7")
                .containsEntry("Default", "0");
    }

    @Test
    void anExperimentOfTheSameNameMadeByMlflowIsUsed() throws IOException {
        Path made = Files.createDirectories(temporary.resolve("mlruns").resolve("271828182845904523"));
        Files.createDirectories(temporary.resolve("mlruns/.trash"));
        Files.writeString(made.resolve("meta.yaml"), """
                artifact_location: file://%s
                creation_time: 1751364000000
                experiment_id: '271828182845904523'
                last_update_time: 1751364000000
                lifecycle_stage: active
                name: g2p
                """.formatted(made));
        follow(story -> story.start(false).train(Story.PLAIN, 1, 1).finish("done"));
        assertThat(store.experiments()).containsOnly(Map.entry("g2p", "271828182845904523"));
        assertThat(store.runs("g2p")).containsOnlyKeys("g2p-2026-07-01-1", Story.PLAIN);
    }

    @Test
    void aResumedRunGoesOnWithTheSameRunsWithoutGapOrRepetition() throws IOException {
        follow(story -> story.start(false).train(Story.PLAIN, 1, 5));
        Path loss = store.runs("g2p").get(Story.PLAIN).folder().resolve("metrics/train/loss");
        Files.writeString(loss, "17513640", StandardOpenOption.APPEND); // as a killed process may leave it
        Files.writeString(loss.resolveSibling("tokens"), "");

        follow(story -> story.start(true).train(Story.PLAIN, 1, 7).finish("done"));

        Map<String, FileStore.Run> runs = store.runs("g2p");
        assertThat(runs).containsOnlyKeys("g2p-2026-07-01-1", Story.PLAIN);
        assertThat(runs.get(Story.PLAIN).metrics().get("train/loss")).extracting(FileStore.Value::step).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(runs.get(Story.PLAIN).metrics().get("train/tokens")).extracting(FileStore.Value::step).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(runs.get(Story.PLAIN).meta()).containsEntry("status", 3);
    }

    @Test
    void twoRunsOfOneExperimentAreTwoRuns() throws IOException {
        follow(story -> story.start(false).train(Story.PLAIN, 1, 1).finish("done"));
        Path first = run;
        run = Files.createDirectories(temporary.resolve("runs/g2p-2026-07-01-2"));
        Files.copy(first.resolve("plan.json"), run.resolve("plan.json"));
        try (EventSink sink = open(Optional.of("g2p"))) {
            new Story(run, sink).start(false).finish("done");
        }
        assertThat(store.runs("g2p")).containsKeys("g2p-2026-07-01-1", "g2p-2026-07-01-2");
    }

    @Test
    void whatFailedOrWasStoppedIsSaidToHave() throws IOException {
        follow(story -> story.start(false).train(Story.PLAIN, 1, 1).tell(new Event.StageFailed(Story.BRIDGED, "train", "the loss is no number"))
                .finish("failed"));
        Map<String, FileStore.Run> runs = store.runs("g2p");
        assertThat(runs.get(Story.BRIDGED).meta()).containsEntry("status", 4);
        assertThat(runs.get(Story.BRIDGED).tags()).containsEntry("encore.failure", "train: the loss is no number");
        assertThat(runs.get(Story.PLAIN).meta()).containsEntry("status", 3);
        assertThat(runs.get("g2p-2026-07-01-1").meta()).containsEntry("status", 4);

        follow(story -> story.start(true).train(Story.BRIDGED, 1, 1).finish("stopped"));
        runs = store.runs("g2p");
        assertThat(runs.get(Story.BRIDGED).meta()).containsEntry("status", 5);
        assertThat(runs.get(Story.BRIDGED).tags()).doesNotContainKey("encore.failure");
    }

    @Test
    void whatWasDoneBeforeThisRunIsToldFromItsResults() throws IOException {
        Story.leaveResults(run, Story.PLAIN);
        Story.leaveMeasurements(run, Story.PLAIN);
        follow(story -> story.start(false).tell(new Event.StageCached(Story.PLAIN, "train", "k1"))
                .tell(new Event.StageCached(Story.PLAIN, "evaluate", "k2"))
                .tell(new Event.StageCached("", "benchmark", "k3")).finish("done"));
        FileStore.Run plain = store.runs("g2p").get(Story.PLAIN);
        assertThat(plain.steps("train/loss")).containsExactly("1: 1.0", "2: 0.5", "3: 0.3333333333333333");
        assertThat(plain.steps("test/per")).containsExactly("3: 21.5");
        assertThat(plain.steps("benchmark/firstTokenMillis")).containsExactly("0: 5.5");
    }

    @Test
    void aMetricOfAnyNameIsWrittenUnderOneThatMlflowTakes() throws IOException {
        follow(story -> story.start(false).score(Story.PLAIN, "test", "f1@k (größe)", 3).score(Story.PLAIN, "test", "../..", Double.NaN)
                .finish("done"));
        assertThat(store.runs("g2p").get(Story.PLAIN).metrics()).containsOnlyKeys("test/f1_k _gr__e_", "test/_/_");
        assertThat(store.runs("g2p").get(Story.PLAIN).steps("test/_/_")).containsExactly("0: NaN");
    }

    @Test
    void aFullDiskStopsNothingAndIsToldOnceAtTheEnd() throws IOException {
        follow(story -> story.start(false).train(Story.PLAIN, 1, 2));
        Path loss = store.runs("g2p").get(Story.PLAIN).folder().resolve("metrics/train/gradientNorm");
        EventSink sink = open(Optional.empty());
        Story story = new Story(run, sink).start(true);
        Files.move(loss, loss.resolveSibling("kept"));
        Files.createSymbolicLink(loss, Path.of("/dev/full"));
        story.train(Story.PLAIN, 1, 4).finish("done");
        assertThatThrownBy(sink::close).isInstanceOf(IOException.class).hasMessageMatching("[\\d,]+ values did not reach "
                + temporary.resolve("mlruns") + " \\(No space left on device\\)\\. The run's folder has everything\\. "
                + "Run the experiment again to have it told anew; what is done is not done again\\.");
        Files.deleteIfExists(loss);
        Files.move(loss.resolveSibling("kept"), loss);
        assertThat(store.runs("g2p").get(Story.PLAIN).steps("train/loss")).as("all or none of a batch").containsExactly("1: 1.0", "2: 0.5");
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheRun() throws IOException {
        Files.writeString(temporary.resolve("mlruns"), "a file");
        assertThatThrownBy(() -> open(Optional.empty())).isInstanceOf(IOException.class)
                .hasMessage(temporary.resolve("mlruns") + " is a file, not a folder; name another: mlflow: {uri: …}");
    }
}
