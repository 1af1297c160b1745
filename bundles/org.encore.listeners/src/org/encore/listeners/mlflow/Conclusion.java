package org.encore.listeners.mlflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.encore.listeners.mlflow.Attempts.GivenUp;
import org.encore.listeners.mlflow.Attempts.Step;
import org.encore.listeners.mlflow.Tracking.Ending;
import org.encore.listeners.mlflow.Tracking.Known;

/** What is told once a run is over: how MLflow runs ended, and small files. */
final class Conclusion {

    private static final long LARGEST_FILE = 16_000_000;

    private final Tracking tracking;
    private final Attempts attempts;
    private final Losses losses;
    private final Deque<Last> left = new ConcurrentLinkedDeque<>();

    private record Last(String what, Step<Boolean> step) {}

    Conclusion(Tracking tracking, Attempts attempts, Losses losses) {
        this.tracking = tracking;
        this.attempts = attempts;
        this.losses = losses;
    }

    void end(Known run, Ending ending, Instant time) {
        left.add(new Last("the end of an MLflow run", () -> {
            tracking.end(run, ending, time);
            return true;
        }));
    }

    /** Nothing happens if the file is not there or is large. */
    void artifact(Known run, Path file) {
        if (Files.exists(file) && file.toFile().length() <= LARGEST_FILE) {
            left.add(new Last(file.getFileName().toString(), () -> {
                tracking.artifact(run, file);
                return true;
            }));
        }
    }

    /** Tells all of it, in order. */
    void tell() throws GivenUp, InterruptedException {
        for (Last next = left.peek(); next != null; next = left.peek()) {
            if (attempts.make(next.step()).isEmpty()) {
                losses.other(next.what());
            }
            left.poll();
        }
    }

    /** Counts what is not told yet as lost; may be called by another thread. */
    void giveUp() {
        for (Last next = left.poll(); next != null; next = left.poll()) {
            losses.other(next.what());
        }
    }
}
