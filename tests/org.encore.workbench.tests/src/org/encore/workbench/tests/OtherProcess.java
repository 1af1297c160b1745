package org.encore.workbench.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventJson;

/** Shell scripts that stand for a process that trains: they append to a run's events, line by line, from outside this virtual machine. */
final class OtherProcess {

    private OtherProcess() {}

    /** Events as a process writes them at this moment. */
    static String lines(List<Event> events, Instant when) {
        return String.join("", events.stream().map(event -> EventJson.write(when, event) + "\n").toList());
    }

    static Event begun(String run) {
        return new Event.RunStarted(run, "demo", List.of(new Event.Cell("decoder-only-seed1", "decoder-only", 1, 600_000, Map.of()),
                new Event.Cell("encoder-decoder-seed1", "encoder-decoder", 1, 600_000, Map.of())), List.of("train"), false);
    }

    static Event step(String cell, int step) {
        return new Event.TrainStep(cell, step, step * 10_000L, 1_000_000, (cell.startsWith("decoder") ? 4 : 3.2) / Math.sqrt(step), 1e-3, 0.5,
                20_000);
    }

    /** Appends the first part to a run's events at once, and the second line by line as soon as the file {@code go} is there; then stays alive. */
    static Process follow(Path run, String first, String second) throws IOException {
        Files.createDirectories(run);
        Files.writeString(run.resolve("first"), first);
        Files.writeString(run.resolve("second"), second);
        Path script = script(run.resolve("writer"), """
                cd '%1$s'
                cat first >> events.jsonl
                while [ ! -e go ]; do sleep 0.05; done
                while IFS= read -r line; do printf '%%s\\n' "$line" >> events.jsonl; sleep 0.01; done < second
                sleep 600
                """.formatted(run));
        return new ProcessBuilder(script.toString()).start();
    }

    /** An executable file. */
    static Path script(Path file, String content) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
