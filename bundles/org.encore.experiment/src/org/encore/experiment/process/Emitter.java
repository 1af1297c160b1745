package org.encore.experiment.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.api.run.RunListener;
import org.encore.experiment.run.EventLog;

/** Hands events to the log, which must succeed, and to others, each of which may fail without hurting the run. */
final class Emitter implements AutoCloseable {

    private final Path run;
    private final EventLog log;
    private final List<Named> others = new ArrayList<>();

    private record Named(String name, EventSink sink) {}

    Emitter(Path run, EventLog log, List<EventSink> sinks) {
        this.run = run;
        this.log = log;
        sinks.forEach(sink -> others.add(new Named(sink.getClass().getSimpleName(), sink)));
    }

    /** Opens the listeners that an experiment names; one that cannot be opened is told and left out. */
    void listen(List<Choice<RunListener<?>>> listeners, Registry registry) {
        for (Choice<RunListener<?>> listener : listeners) {
            try {
                others.add(new Named(listener.id(), open(listener)));
            } catch (IOException | RuntimeException | LinkageError e) {
                emit(new Event.Message("warning", "listener " + listener.id() + " cannot follow this run: " + e.getMessage()));
            }
        }
    }

    private <O extends Record> EventSink open(Choice<RunListener<?>> choice) throws IOException {
        @SuppressWarnings("unchecked")
        var listener = (RunListener<O>) choice.extension();
        return listener.open(listener.optionsType().cast(choice.options()), run);
    }

    synchronized void emit(Event event) {
        Instant now = Instant.now();
        log.on(run, now, event);
        for (Named other : List.copyOf(others)) {
            try {
                other.sink().on(run, now, event);
            } catch (RuntimeException | LinkageError e) {
                others.remove(other);
                emit(new Event.Message("warning", other.name() + " failed and follows this run no longer: " + e.getMessage()));
            }
        }
    }

    /** Lets everybody finish; what one of them lost is told. */
    @Override
    public synchronized void close() {
        for (Named other : List.copyOf(others)) {
            try {
                other.sink().close();
            } catch (Exception e) {
                others.remove(other);
                emit(new Event.Message("warning", other.name() + ": " + e.getMessage()));
            }
        }
    }
}
