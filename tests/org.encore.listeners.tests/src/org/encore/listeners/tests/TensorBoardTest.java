package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.listeners.tensorboard.TensorBoardListener;
import org.encore.listeners.tensorboard.TensorBoardOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {

    @TempDir
    Path temporary;

    private Story story(Path run) throws IOException {
        return story(run, "tensorboard");
    }

    private static Story story(Path run, String folder) throws IOException {
        return new Story(run, new TensorBoardListener().open(new TensorBoardOptions(folder), run));
    }

    private static Map<String, List<String>> series(Path folder) throws IOException {
        return EventFiles.scalars(folder).stream().collect(Collectors.groupingBy(EventFiles.Scalar::tag,
                Collectors.mapping(s -> s.step() + ": " + s.value(), Collectors.toList())));
    }

    @Test
    void curvesScoresAndMeasurementsAreReadBackByStep() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).whole(Story.PLAIN).tell(new Event.RaceRepeat(0, false,
                List.of(new Event.Turn(Story.PLAIN, 5.5, 1.25)))) // its sample follows
                .tell(new Event.Sample(Story.PLAIN, 0, 5.5, 1.25, false))
                .tell(new Event.Sample(Story.PLAIN, 1, 9.5, 1.5, true))
                .tell(new Event.Sample("again", 0, 5.5, 1.25, false)) // a model against itself
                .tell(new Event.StageFinished("", "benchmark", 3)).finish("done");
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN))).containsOnly(
                Map.entry("train/loss", List.of("1: 1.0", "2: 0.5", "3: 0.33333334")),
                Map.entry("train/learningRate", List.of("1: 0.001", "2: 0.001", "3: 0.001")),
                Map.entry("train/gradientNorm", List.of("1: 0.5", "2: 0.5", "3: 0.5")),
                Map.entry("train/tokensPerSecond", List.of("1: 20000.0", "2: 20000.0", "3: 20000.0")),
                Map.entry("train/tokens", List.of("1: 100.0", "2: 200.0", "3: 300.0")),
                Map.entry("development/loss", List.of("3: 0.4")),
                Map.entry("development/per", List.of("3: 20.0")),
                Map.entry("test/per", List.of("3: 21.5")),
                Map.entry("benchmark/firstTokenMillis", List.of("0: 5.5")),
                Map.entry("benchmark/perTokenMillis", List.of("0: 1.25")),
                Map.entry("benchmark-voided/firstTokenMillis", List.of("1: 9.5")),
                Map.entry("benchmark-voided/perTokenMillis", List.of("1: 1.5")));
        assertThat(EventFiles.scalars(run.resolve("tensorboard").resolve(Story.PLAIN), "train/loss").getFirst().seconds())
                .isEqualTo(Story.BEGIN.plusMillis(4500).toEpochMilli() / 1e3);
        assertThat(run.resolve("tensorboard").resolve("again")).doesNotExist();
    }

    @Test
    void aFileBeginsAsTensorBoardExpectsIt() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.PLAIN, 1, 1);
        Path file = EventFiles.in(run.resolve("tensorboard").resolve(Story.PLAIN)).getFirst();
        assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\.encore\\.\\d+\\.0");
        EventFiles.Message first = EventFiles.events(file).getFirst();
        assertThat(first.only(3).text()).isEqualTo("brain.Event:2");
        assertThat(first.only(10).message().only(1).text()).isEqualTo("encore");
    }

    @Test
    void eachModelHasAFolderAndModelsWithoutValuesHaveNone() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.BRIDGED, 1, 2).finish("stopped");
        assertThat(run.resolve("tensorboard").resolve(Story.BRIDGED)).isDirectory();
        assertThat(run.resolve("tensorboard").resolve(Story.PLAIN)).doesNotExist();
    }

    @Test
    void theTabOfHyperparametersShowsWhatAModelWasMadeWith() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.PLAIN, 1, 1).train(Story.BRIDGED, 1, 1).finish("done");
        Map<String, Object> plain = hyperparameters(run.resolve("tensorboard").resolve(Story.PLAIN));
        assertThat(plain).containsOnly(Map.entry("variant", "plain"), Map.entry("seed", 1.0), Map.entry("parameters", 1000.0),
                Map.entry("architecture", "encoder-decoder"), Map.entry("architecture.width", 64.0), Map.entry("architecture.tied", true),
                Map.entry("architecture.layers", "[2,1]"));
        assertThat(hyperparameters(run.resolve("tensorboard").resolve(Story.BRIDGED))).contains(Map.entry("length", 32.0),
                Map.entry("train.learningRate", 0.003), Map.entry("architecture.bridge", "weighted"));
        EventFiles.Message end = EventFiles.hyperparameters(run.resolve("tensorboard").resolve(Story.PLAIN), "_hparams_/session_end_info").getFirst();
        assertThat(end.only(4).message().only(1).bits()).as("STATUS_SUCCESS").isEqualTo(1);
    }

    private static Map<String, Object> hyperparameters(Path folder) throws IOException {
        EventFiles.Message start = EventFiles.hyperparameters(folder, "_hparams_/session_start_info").getFirst().only(3).message();
        return start.all(1).stream().map(EventFiles.Field::message).collect(Collectors.toMap(entry -> entry.only(1).text(), entry -> {
            EventFiles.Message value = entry.only(2).message();
            return value.has(2) ? (Object) value.only(2).real() : value.has(3) ? value.only(3).text() : (Object) (value.only(4).bits() == 1);
        }));
    }

    @Test
    void onlyAModelOfADoneRunIsSaidToHaveEnded() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.PLAIN, 1, 1).finish("failed"); // is resumed later, and TensorBoard keeps the first word
        assertThat(EventFiles.hyperparameters(run.resolve("tensorboard").resolve(Story.PLAIN), "_hparams_/session_end_info")).isEmpty();
    }

    @Test
    void whatAKilledProcessHadWrittenIsReplacedByTheOneThatResumes() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.PLAIN, 1, 5);
        Path folder = run.resolve("tensorboard").resolve(Story.PLAIN);
        Path torn = EventFiles.in(folder).getFirst();
        byte[] whole = Files.readAllBytes(torn);

        story(run).start(true).train(Story.PLAIN, 1, 4).finish("done"); // the trainer tells its curve again up to the checkpoint

        assertThat(EventFiles.in(folder)).hasSize(2);
        assertThat(torn).hasBinaryContent(whole);
        assertThat(series(folder).get("train/loss")).containsExactly("1: 1.0", "2: 0.5", "3: 0.33333334", "4: 0.25");
    }

    @Test
    void manyProcessesInOneSecondWriteFilesInOrder() throws IOException {
        Path run = Story.folder(temporary);
        for (int n = 1; n <= 12; n++) {
            story(run).start(n > 1).train(Story.PLAIN, 1, n);
        }
        assertThat(EventFiles.in(run.resolve("tensorboard").resolve(Story.PLAIN))).hasSize(12);
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN)).get("train/loss")).hasSize(12);
    }

    @Test
    void whatWasDoneBeforeThisRunIsToldFromItsResults() throws IOException {
        Path run = Story.folder(temporary);
        Story story = story(run).start(false).tell(new Event.StageCached(Story.PLAIN, "train", "k1"));
        Story.leaveResults(run, Story.PLAIN); // the runner links to results shortly after the event
        story.tell(new Event.StageCached(Story.PLAIN, "evaluate", "k2")).tell(new Event.StageCached("", "benchmark", "k3"));
        Story.leaveMeasurements(run, Story.PLAIN);
        story.finish("done");
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN))).contains(
                Map.entry("train/loss", List.of("1: 1.0", "2: 0.5", "3: 0.33333334")),
                Map.entry("development/loss", List.of("3: 0.4")),
                Map.entry("test/per", List.of("3: 21.5")),
                Map.entry("benchmark/firstTokenMillis", List.of("0: 5.5")),
                Map.entry("benchmark-voided/perTokenMillis", List.of("1: 1.5")));
        assertThat(run.resolve("tensorboard").resolve("of-another-run")).doesNotExist();
    }

    @Test
    void damagedResultsAreLeftOut() throws IOException {
        Path run = Story.folder(temporary);
        Story.leaveResults(run, Story.PLAIN);
        Files.writeString(run.resolve("cells").resolve(Story.PLAIN).resolve("train/curve.csv"), "4,oops\n", StandardOpenOption.APPEND);
        Files.writeString(run.resolve("cells").resolve(Story.PLAIN).resolve("evaluate/scores.json"), "{\"splits\": {\"test\": 3");
        story(run).start(false).tell(new Event.StageCached(Story.PLAIN, "train", "k1")).tell(new Event.StageCached(Story.PLAIN, "evaluate", "k2"))
                .finish("done");
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN)).get("train/loss")).hasSize(3);
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN))).doesNotContainKey("test/per");
    }

    @Test
    void measurementsOfAStageThatFailedDoNotCount() throws IOException {
        Path run = Story.folder(temporary);
        story(run).start(false).train(Story.PLAIN, 1, 1).tell(new Event.Sample(Story.PLAIN, 0, 5.5, 1.25, false))
                .tell(new Event.StageFailed("", "benchmark", "out of memory")).tell(new Event.StageFinished("", "report", 1)).finish("failed");
        assertThat(series(run.resolve("tensorboard").resolve(Story.PLAIN))).doesNotContainKey("benchmark/firstTokenMillis");
    }

    @Test
    void runsThatShareAFolderHaveAFolderEach() throws IOException {
        Path run = Story.folder(temporary);
        story(run, temporary.resolve("board").toString()).start(false).train(Story.PLAIN, 1, 1);
        assertThat(EventFiles.in(temporary.resolve("board/g2p-2026-07-01-1").resolve(Story.PLAIN))).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheRun() throws IOException {
        Path run = Story.folder(temporary);
        Files.writeString(run.resolve("tensorboard"), "a file");
        assertThatThrownBy(() -> story(run)).isInstanceOf(IOException.class)
                .hasMessage(run.resolve("tensorboard") + " is a file, not a folder; name another: tensorboard: {folder: …}");
        assertThatThrownBy(() -> story(run, "resolved.yaml/inside")).isInstanceOf(IOException.class)
                .hasMessageStartingWith("the folder " + run.resolve("resolved.yaml/inside") + " cannot be made (");
    }

    @Test
    void aFullDiskEndsItWithOneWordAboutWhatIsLost() throws IOException {
        Path run = Story.folder(temporary);
        Story story = story(run).start(false).train(Story.PLAIN, 1, 1);
        Path file = EventFiles.in(run.resolve("tensorboard").resolve(Story.PLAIN)).getFirst();
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        assertThatThrownBy(() -> story.train(Story.PLAIN, 2, 2)).hasMessage(run.resolve("tensorboard")
                + " cannot be written to (No space left on device). "
                + "What TensorBoard lacks is in the run's folder: events.jsonl, and curve.csv and scores.json of each model. "
                + "Run the experiment again to have it written anew; what is done is not done again");
        Files.delete(file);
    }
}
