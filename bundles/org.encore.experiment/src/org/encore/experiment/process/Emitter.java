package org.encore.experiment.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.experiment.run.EventLog;

/** Hands events to the log, which must succeed, and to listeners, one of which may fail without hurting the run. */
final class Emitter {

    private final Path run;
    private final EventLog log;
    private final List<EventSink> listeners;

    Emitter(Path run, EventLog log, List<EventSink> listeners) {
        this.run = run;
        this.log = log;
        this.listeners = new ArrayList<>(listeners);
    }

    synchronized void emit(Event event) {
        Instant now = Instant.now();
        log.on(run, now, event);
        for (EventSink listener : List.copyOf(listeners)) {
            try {
                listener.on(run, now, event);
            } catch (RuntimeException e) {
                listeners.remove(listener);
                emit(new Event.Message("warning", "run listener " + listener.getClass().getName() + " failed and is left out: " + e.getMessage()));
            }
        }
    }
}
