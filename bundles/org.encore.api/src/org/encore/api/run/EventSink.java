package org.encore.api.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Takes the events of a run as they happen; called by one thread at a time. What it throws is told as a warning and ends it, not the run. */
public interface EventSink extends AutoCloseable {

    /**
     * Takes one event. Must return at once: what may have to wait, such as a network, belongs in a queue.
     *
     * @param run the run's folder
     * @param time when it happened
     * @param event what happened
     */
    void on(Path run, Instant time, Event event);

    /**
     * The process is done with the run: writes what is left, waiting a few seconds at most.
     *
     * @throws IOException if something was lost; the message says what and how to get it
     */
    @Override
    default void close() throws IOException {
        // most sinks hold nothing back
    }
}
