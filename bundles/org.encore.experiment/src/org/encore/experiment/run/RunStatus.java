package org.encore.experiment.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.run.Event;

/**
 * How a run stands, read from the end of its events only: cheap for thousands of runs.
 *
 * @param ending done, failed or stopped as the last process said; empty if it said nothing, because it works or was killed
 * @param last when something last happened; the beginning of time if nothing did
 * @param event what happened last; empty if nothing did
 * @param working whether a process works on it now
 */
public record RunStatus(String ending, Instant last, Optional<Event> event, boolean working) {

    /** Longer than any last line. */
    private static final int TAIL = 1 << 13;

    /** How a run stands now. */
    public static RunStatus of(RunFolder folder) throws IOException {
        Optional<EventJson.Timed> last = last(folder.path().resolve(EventLog.FILE));
        boolean working = working(folder.path().resolve(RunFolder.LOCK));
        String ending = !working && last.isPresent() && last.get().event() instanceof Event.RunFinished finished ? finished.status() : "";
        return new RunStatus(ending, last.map(EventJson.Timed::time).orElse(Instant.EPOCH), last.map(EventJson.Timed::event), working);
    }

    /** In a word: running, done, failed, stopped, or killed for one whose process ended without a word. */
    public String word() {
        return working ? "running" : ending.isEmpty() ? "killed" : ending;
    }

    /** What it did last, in a few words. */
    public String doing() {
        return switch (event.orElse(null)) {
            case Event.TrainStep e -> String.format(Locale.ROOT, "train %s %.0f %%", e.cell(), Math.min(100, 100.0 * e.tokens() / Math.max(1, e.totalTokens())));
            case Event.TrainEvaluation e -> "train " + e.cell();
            case Event.TrainAgreement e -> "train " + e.cell();
            case Event.Progress e -> String.format(Locale.ROOT, "%s %s %.0f %%", e.stage(), e.cell(), 100.0 * e.done() / Math.max(1, e.total()));
            case Event.StageStarted e -> e.stage() + " " + e.cell();
            case Event.StageCached e -> e.stage() + " " + e.cell();
            case Event.StageFinished e -> e.stage() + " " + e.cell();
            case Event.StageFailed e -> e.stage() + " " + e.cell() + " failed";
            case Event.RunFinished e -> String.format(Locale.ROOT, "%s after %.0f s", e.status(), e.seconds());
            case Event.RunStarted e -> e.cells().size() + (e.cells().size() == 1 ? " model" : " models");
            case Event.Message e -> e.text();
            case Event.Scored e -> "evaluate " + e.cell();
            case Event.Sample e -> "benchmark " + e.cell();
            case Event.RaceRepeat e -> "benchmark repeat " + (e.repeat() + 1);
            case null -> "";
        };
    }

    private static Optional<EventJson.Timed> last(Path events) throws IOException {
        if (!Files.exists(events)) {
            return Optional.empty();
        }
        try (var file = new RandomAccessFile(events.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL);
            var bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            for (String line : lines.reversed()) {
                Optional<EventJson.Timed> event = EventJson.read(line);
                if (event.isPresent()) {
                    return event;
                }
            }
            return Optional.empty();
        }
    }

    private static boolean working(Path lock) {
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true; // this very process
        } catch (IOException e) {
            return false; // a folder that cannot be written to: nobody works on it
        }
    }
}
