package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.OtherProcess.begun;
import static org.encore.workbench.tests.OtherProcess.lines;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.ui.PlatformUI;
import org.encore.api.run.Event;
import org.encore.workbench.Settings;
import org.encore.workbench.run.Endings;
import org.encore.workbench.run.Notices;
import org.encore.workbench.run.RunRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks at something else is told that a run has ended, once. */
class NoticesTest {

    @TempDir
    private Path folder;
    private Path told;

    @BeforeEach
    void aDesktopThatWritesDownWhatItShows() throws Exception {
        told = folder.resolve("told");
        System.setProperty("encore.notify", OtherProcess.script(folder.resolve("notify"), "for last; do :; done\necho \"$3: $last\" >> '" + told
                + "'\n").toString());
    }

    @AfterEach
    void back() {
        System.clearProperty("encore.notify");
        Settings.store().setToDefault(Settings.NOTIFY);
    }

    private static RunRow row(String name, String status) {
        return new RunRow(Path.of("runs", name), status, "demo", Instant.now().minusSeconds(90));
    }

    private static void tell(BooleanSupplier inFront, RunRow... ended) throws Exception {
        ui(() -> {
            new Notices(PlatformUI.getWorkbench().getWorkbenchWindows()[0], inFront).tell(List.of(ended));
            return null;
        });
    }

    @Test
    void anEndingIsNewsOnceAndOnlyIfTheRunWasSeenToGoOn() {
        var endings = new Endings();
        assertThat(endings.among(List.of(row("old", "done"), row("a", "running"), row("b", "silent 6 min"), row("c", "running"))))
                .as("it ended before").isEmpty();
        assertThat(endings.among(List.of(row("old", "done"), row("a", "done"), row("b", "failed"), row("c", "stopped"), row("d", "done"))))
                .as("who stops a run knows it").extracting(RunRow::name).containsExactly("a", "b");
        assertThat(endings.among(List.of(row("a", "done"), row("b", "failed")))).isEmpty();
        assertThat(endings.among(List.of(row("a", "running")))).isEmpty();
        assertThat(endings.among(List.of(row("a", "done")))).as("it went on, and ended again").hasSize(1);
    }

    @Test
    void theDesktopTellsItUnlessTheWindowIsInFrontOrTheUserDoesNotWantIt() throws Exception {
        tell(() -> true, row("seen", "done"));
        Settings.store().setValue(Settings.NOTIFY, false);
        tell(() -> false, row("unwanted", "done"));
        Settings.store().setValue(Settings.NOTIFY, true);
        tell(() -> false, row("first", "done"));
        until("the end is told", () -> Files.exists(told) && Files.readString(told).contains("first"));
        tell(() -> false, row("second", "failed"));
        until("the failure is told", () -> Files.readAllLines(told).size() == 2);
        assertThat(Files.readString(told)).isEqualTo("first is done: demo, after 1.5 min\nsecond has failed: demo, after 1.5 min\n");
    }

    @Test
    void aDesktopWithoutNotificationsIsSaidInTheStatusLine() throws Exception {
        System.setProperty("encore.notify", folder.resolve("missing").toString());
        tell(() -> false, row("first", "done"));
        until("it is said", () -> Workbench.says(shell(), "first is done. Nothing on this machine shows notifications of the desktop"));
    }

    @Test
    void aRunOfTheListThatEndsIsToldAsLongAsTheWindowIsNotInFront() throws Exception {
        Path run = Files.createDirectories(folder.resolve("runs").resolve("demo-1"));
        Files.writeString(run.resolve("events.jsonl"), lines(List.of(begun("demo-1")), Instant.now()));
        Workbench.over(run.getParent());
        until("it is listed", () -> Workbench.says(shell(), "demo-1"));
        boolean inFront = ui(() -> shell().getDisplay().getActiveShell() != null);
        Files.writeString(run.resolve("events.jsonl"), lines(List.of(new Event.RunFinished("done", 3)), Instant.now()), StandardOpenOption.APPEND);
        until("its end is listed", () -> Workbench.says(shell(), "done"));
        if (inFront) {
            assertThat(told).as("the window is in front on this display").doesNotExist();
        } else {
            until("its end is told", () -> Files.exists(told) && Files.readString(told).startsWith("demo-1 is done: demo"));
        }
    }
}
