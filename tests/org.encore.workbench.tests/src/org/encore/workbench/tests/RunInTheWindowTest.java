package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.pixels;
import static org.encore.workbench.tests.Workbench.push;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.widgets.Combo;
import org.encore.api.run.Event;
import org.encore.experiment.run.EventLog;
import org.encore.workbench.LogView;
import org.encore.workbench.LossView;
import org.encore.workbench.RunsView;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real window follows runs that other processes write, and starts and stops one. */
class RunInTheWindowTest {

    private static Path runs;

    @BeforeAll
    static void runsFolder() throws Exception {
        runs = Files.createTempDirectory("encore-runs");
        System.setProperty("encore.runs", runs.toString());
    }

    private static EventLog begin(Path run) throws Exception {
        Files.createDirectories(run);
        var log = new EventLog(run);
        log.on(run, Instant.now(), new Event.RunStarted(run.getFileName().toString(), "demo",
                List.of(new Event.Cell("dec-seed1", "dec", 1, 600_000), new Event.Cell("encdec-seed1", "encdec", 1, 600_000)), List.of("train"), false));
        return log;
    }

    private static Event.TrainStep step(String cell, int step) {
        return new Event.TrainStep(cell, step, step * 10_000L, 1_000_000, (cell.startsWith("dec") ? 4 : 3.2) / Math.sqrt(step), 1e-3, 0.5, 20_000);
    }

    @Test
    void theChartChangesWhileARunGoesOn() throws Exception {
        Path run = runs.resolve("demo-2026-11-24-1");
        try (EventLog log = begin(run)) {
            for (int i = 1; i <= 5; i++) {
                log.on(run, Instant.now(), step("dec-seed1", i));
            }
            until("the run is listed", () -> ((RunsView) page().showView(RunsView.ID)).viewer().getTable().getItemCount() >= 1);
            ui(() -> {
                shell().setBounds(0, 0, 1280, 800);
                return null;
            });
            LossView loss = ui(() -> (LossView) page().showView(LossView.ID));
            until("the chart names the run's progress", () -> loss.getContentDescription().contains("train dec-seed1: 5 %"));
            Thread.sleep(500);
            byte[] early = pixels(loss.canvas());
            for (int i = 6; i <= 60; i++) {
                log.on(run, Instant.now(), step("dec-seed1", i));
                log.on(run, Instant.now(), step("encdec-seed1", i));
            }
            log.on(run, Instant.now(), new Event.TrainEvaluation("dec-seed1", 60, 600_000, 0.55));
            log.on(run, Instant.now(), new Event.TrainEvaluation("dec-seed1", 30, 300_000, 0.75));
            until("the chart has the new steps", () -> loss.getContentDescription().contains("train encdec-seed1: 60 %"));
            Thread.sleep(500);
            assertThat(Arrays.equals(early, pixels(loss.canvas()))).as("the chart stayed the same").isFalse();
            assertThat(Files.size(screenshot("workbench.png"))).isGreaterThan(5_000);
        }
    }

    @Test
    void startRunsTheCommandInAProcessOfItsOwnAndStopEndsIt() throws Exception {
        Path experiment = Files.writeString(runs.resolve("experiment.yaml"), "name: demo\n");
        Path command = Files.writeString(runs.resolve("encore"), "#!/bin/sh\ntrap 'echo stopped cleanly; exit 130' TERM\necho \"started: $*\"\nwhile :; do sleep 0.1; done\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("encore.command", command.toString());
        RunsView view = ui(() -> (RunsView) page().showView(RunsView.ID));
        ui(() -> {
            Workbench.find(shell(), Combo.class).setText(experiment.toString());
            return null;
        });
        assertThat(view).isNotNull();
        push("Start");
        LogView log = ui(() -> (LogView) page().showView(LogView.ID));
        until("the process prints", () -> log.content().contains("started: run " + experiment));
        until("stop is offered", () -> Workbench.find(shell(), "Stop").isEnabled());
        push("Stop");
        until("the process has stopped", () -> log.content().contains("stopped cleanly"));
        until("start is offered again", () -> Workbench.find(shell(), "Start").isEnabled());
    }
}
