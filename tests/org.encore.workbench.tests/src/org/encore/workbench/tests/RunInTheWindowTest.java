package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.OtherProcess.begun;
import static org.encore.workbench.tests.OtherProcess.lines;
import static org.encore.workbench.tests.OtherProcess.step;
import static org.encore.workbench.tests.Workbench.click;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.custom.CCombo;
import org.encore.api.run.Event;
import org.encore.workbench.run.LogView;
import org.encore.workbench.run.LossView;
import org.encore.workbench.run.ProgressView;
import org.encore.workbench.run.RunRow;
import org.encore.workbench.run.RunsView;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real window follows runs that other processes write, and starts and stops one. */
class RunInTheWindowTest {

    @TempDir
    private static Path runs;

    @BeforeAll
    static void windowOverARunsFolder() throws Exception {
        Workbench.over(runs);
    }

    private static TableViewer list() throws Exception {
        return ((RunsView) page().showView(RunsView.ID)).viewer();
    }

    private static List<RunRow> rows() throws Exception {
        return Stream.of(list().getTable().getItems()).map(item -> (RunRow) item.getData()).toList();
    }

    private static void choose(String name) throws Exception {
        until(name + " is listed", () -> rows().stream().anyMatch(row -> row.name().equals(name)));
        ui(() -> {
            list().setSelection(new StructuredSelection(rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow()));
            return null;
        });
    }

    private static String text(TableViewer table) {
        return String.join("\n", Stream.of(table.getTable().getItems()).map(item -> item.getText(0) + "|" + item.getText(1) + "|" + item.getText(2))
                .toList());
    }

    private static void experiment(String file) throws Exception {
        ui(() -> {
            Workbench.find(shell(), CCombo.class).setText(file);
            return null;
        });
    }

    @Test
    void theChartChangesWhileARunGoesOn() throws Exception {
        String name = "demo-2026-11-24-1";
        List<Event> first = new ArrayList<>(List.of(begun(name), new Event.StageStarted("", "data"), new Event.StageFinished("", "data", 0.8),
                new Event.StageStarted("decoder-only-seed1", "train")));
        for (int i = 1; i <= 5; i++) {
            first.add(step("decoder-only-seed1", i));
        }
        List<Event> second = new ArrayList<>();
        for (int i = 6; i <= 100; i++) {
            second.add(step("decoder-only-seed1", i));
        }
        second.add(new Event.TrainEvaluation("decoder-only-seed1", 50, 500_000, 0.62));
        second.add(new Event.TrainEvaluation("decoder-only-seed1", 100, 1_000_000, 0.43));
        second.add(new Event.StageFinished("decoder-only-seed1", "train", 75));
        second.add(new Event.StageStarted("encoder-decoder-seed1", "train"));
        for (int i = 1; i <= 60; i++) {
            second.add(step("encoder-decoder-seed1", i));
        }
        Process training = OtherProcess.follow(runs.resolve(name), lines(first, Instant.now()), lines(second, Instant.now()));
        try {
            choose(name);
            LossView loss = ui(() -> (LossView) page().showView(LossView.ID));
            until("the chart names the run's progress", () -> loss.getContentDescription().contains("train decoder-only-seed1: 5 %"));
            byte[] early = Workbench.still(loss.canvas());
            Files.createFile(runs.resolve(name).resolve("go"));
            until("the chart names the new steps", () -> loss.getContentDescription().contains("train encoder-decoder-seed1: 60 %"));
            byte[] late = Workbench.still(loss.canvas());
            assertThat(training.isAlive()).isTrue();
            assertThat(Arrays.equals(early, late)).as("the chart stayed the same").isFalse();
            assertThat(ui(() -> text(list()))).contains(name + "|running|");
            TableViewer progress = ui(() -> ((ProgressView) page().showView(ProgressView.ID)).viewer());
            until("the stages are listed", () -> text(progress).equals("""
                    data||done in 0.8 s
                    train|decoder-only-seed1|done in 1.3 min
                    train|encoder-decoder-seed1|60 %, loss 0.413, 20,000 tokens/s"""));
            assertThat(Files.size(screenshot("workbench.png"))).isGreaterThan(5_000);

            ui(() -> {
                shell().setBounds(0, 0, 900, 600);
                return null;
            });
            until("the chart fits a smaller window", () -> loss.canvas().getSize().x < 700);
            assertThat(Workbench.still(loss.canvas())).as("drawn anew at its size").isNotEqualTo(late);
            screenshot("small.png");
        } finally {
            OtherProcess.end(training);
        }
    }

    @Test
    void startRunsTheCommandInAProcessOfItsOwnAndStopEndsIt() throws Exception {
        String name = "started-here-1";
        Path experiment = Files.writeString(runs.resolve("my experiment.yaml"), "name: demo\n");
        String events = lines(List.of(begun(name), step("decoder-only-seed1", 7)), Instant.now().plusSeconds(60));
        Files.writeString(runs.resolve("events"), events);
        Path command = OtherProcess.script(runs.resolve("encore"), """
                trap 'echo stopped cleanly; exit 130' TERM
                echo "started: $*"
                mkdir '%1$s/%2$s' && cat '%1$s/events' > '%1$s/%2$s/events.jsonl'
                while :; do sleep 0.1; done
                """.formatted(runs, name));
        System.setProperty("encore.command", command.toString());
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            return null;
        });
        experiment(experiment.toString());
        click("Run");
        LogView log = ui(() -> (LogView) page().showView(LogView.ID));
        until("the process prints", () -> log.content().contains("started: run " + experiment));
        assertThat(ui(log::content)).as("what one would type").contains("$ encore run '" + experiment + "' --runs " + runs + "\n");
        until("the new run is chosen", () -> list().getStructuredSelection().getFirstElement() instanceof RunRow row && row.name().equals(name));
        LossView loss = ui(() -> (LossView) page().showView(LossView.ID));
        until("its loss is shown", () -> loss.getContentDescription().contains("train decoder-only-seed1: 7 %"));
        until("stop is offered", () -> Workbench.offered("Stop"));
        assertThat(ui(() -> Workbench.offered("Run"))).as("one at a time").isFalse();
        screenshot("started.png");
        click("Stop");
        until("the process has stopped", () -> log.content().contains("stopped cleanly") && log.content()
                .contains("the process has ended with code 130"));
        assertThat(ui(log::content)).contains("it finishes its step and keeps what it has");
        until("a run is offered again", () -> Workbench.offered("Run"));
    }

    @Test
    void whatDoesNotStopWhenAskedIsEndedWhenAskedAgain() throws Exception {
        Path experiment = Files.writeString(runs.resolve("deaf.yaml"), "name: demo\n");
        System.setProperty("encore.command", OtherProcess.script(runs.resolve("deaf"), "trap '' TERM\necho deaf\nwhile :; do sleep 0.1; done\n")
                .toString());
        experiment(experiment.toString());
        click("Run");
        LogView log = ui(() -> (LogView) page().showView(LogView.ID));
        until("the process prints", () -> log.content().contains("deaf\n"));
        click("Stop");
        until("it was asked", () -> log.content().contains("Stop again ends it at once"));
        click("Stop");
        until("it has ended", () -> log.content().contains("the process has ended with code 137"));
        until("a run is offered again", () -> Workbench.offered("Run"));
    }

    @Test
    void aRunIsPackedMovedToTheTrashAndUnpackedAgain(@TempDir Path home) throws Exception {
        String name = "packed-1";
        Files.writeString(Files.createDirectory(runs.resolve(name)).resolve("events.jsonl"),
                lines(List.of(begun(name), new Event.RunFinished("done", 1)), Instant.now().minus(Duration.ofHours(1))));
        choose(name);
        RunsView view = ui(() -> (RunsView) page().showView(RunsView.ID));
        Path file = runs.resolve("packed.zip");
        ui(() -> {
            view.files().pack(runs.resolve(name), file);
            return null;
        });
        until("it is packed", () -> Files.exists(file));
        String before = System.setProperty("user.home", home.toString());
        try {
            ui(() -> {
                view.files().trash((RunRow) list().getStructuredSelection().getFirstElement());
                return null;
            });
            until("it is no longer listed", () -> rows().stream().noneMatch(row -> row.name().equals(name)));
        } finally {
            System.setProperty("user.home", before);
        }
        assertThat(home.resolve(".local/share/Trash/files").resolve(name).resolve("events.jsonl")).exists();
        assertThat(home.resolve(".local/share/Trash/info").resolve(name + ".trashinfo")).content().contains("Path=" + runs.resolve(name) + "\n");
        ui(() -> {
            view.files().unpack(file);
            return null;
        });
        until("it is there again", () -> rows().stream().anyMatch(row -> row.name().equals(name) && row.status().equals("done")));
    }

    @Test
    void whatCannotBeStartedIsSaidInOneSentence() throws Exception {
        Path missing = runs.resolve("missing.yaml");
        experiment(missing.toString());
        assertThat(Workbench.told("Not started", () -> click("Run")))
                .isEqualTo("There is no file " + missing + ". Choose an experiment file, such as examples/quickstart.yaml.");
        System.setProperty("encore.command", runs.resolve("nowhere").toString());
        experiment(Files.writeString(runs.resolve("good.yaml"), "name: demo\n").toString());
        assertThat(Workbench.told("Not started", () -> click("Run"))).startsWith("The command " + runs.resolve("nowhere") + " cannot be started: ")
                .endsWith("Start the window by 'encore workbench'.").doesNotContain("\n");
    }

    @Test
    void aRunWhoseProcessWasKilledIsSaidToBeSilentAndADamagedOneHidesNoOther() throws Exception {
        Instant earlier = Instant.now().minus(Duration.ofHours(3));
        Files.writeString(Files.createDirectory(runs.resolve("killed-1")).resolve("events.jsonl"), lines(List.of(begun("killed-1")), earlier));
        Files.write(Files.createDirectory(runs.resolve("damaged-1")).resolve("events.jsonl"), new byte[] {0, 10, -1, '{', 10, 7});
        Files.writeString(Files.createDirectory(runs.resolve("done-1")).resolve("events.jsonl"),
                lines(List.of(begun("done-1"), new Event.StageFailed("", "benchmark", "no backend"), new Event.RunFinished("failed", 1)), earlier));
        until("all are listed", () -> text(list()).contains("killed-1|silent 3 h|") && text(list()).contains("done-1|failed|") && text(list())
                .contains("damaged-1|nothing yet|"));
        choose("done-1");
        TableViewer progress = ui(() -> ((ProgressView) page().showView(ProgressView.ID)).viewer());
        until("its failure is told", () -> text(progress).equals("benchmark||failed: no backend"));
        choose("damaged-1");
        until("nothing is known of it", () -> progress.getTable().getItemCount() == 0);
    }
}
