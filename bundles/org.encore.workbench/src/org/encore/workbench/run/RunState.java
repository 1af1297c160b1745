package org.encore.workbench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;

/** What the list shows of one run, kept up to date from its events, each of which is read once. */
final class RunState {

    /** A process that was killed leaves no last event; one that works speaks more often than this. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final Path path;
    private final EventTail tail;
    private String status = "running";
    private String experiment = "";
    private Instant started = Instant.EPOCH;
    private Instant heard = Instant.EPOCH;

    RunState(Path path) {
        this.path = path;
        this.tail = new EventTail(path);
    }

    /** The row as of now; says so if the events cannot be read. */
    RunRow row(Instant now) {
        try {
            for (EventJson.Timed timed : tail.poll()) {
                on(timed);
            }
        } catch (IOException e) {
            return new RunRow(path, "unreadable", experiment, started);
        }
        return new RunRow(path, silent(now), experiment, started);
    }

    private void on(EventJson.Timed timed) {
        heard = timed.time();
        if (timed.event() instanceof Event.RunStarted begun) {
            status = "running";
            experiment = begun.experiment();
            started = timed.time();
        } else if (timed.event() instanceof Event.RunFinished finished) {
            status = finished.status();
        }
    }

    private String silent(Instant now) {
        Duration silence = Duration.between(heard, now);
        if (!status.equals("running") || silence.compareTo(SILENCE) < 0) {
            return status;
        }
        if (heard.equals(Instant.EPOCH)) {
            return "nothing yet";
        }
        return silence.toDays() > 0 ? "silent " + silence.toDays() + " d" : silence.toHours() > 0 ? "silent " + silence.toHours() + " h"
                : "silent " + silence.toMinutes() + " min";
    }
}
