package org.encore.experiment.job;

import java.util.function.Consumer;

import org.encore.api.run.Event;

/** Leaves out progress that nobody could read: a stage may tell of every example, and the events of a run stay small. The end is always told. */
final class Pace implements Consumer<Event> {

    private static final long NANOS_BETWEEN = 100_000_000;

    private final Consumer<Event> next;
    private long told = System.nanoTime() - NANOS_BETWEEN;

    Pace(Consumer<Event> next) {
        this.next = next;
    }

    @Override
    public synchronized void accept(Event event) {
        if (event instanceof Event.Progress progress && progress.done() < progress.total()) {
            long now = System.nanoTime();
            if (now - told < NANOS_BETWEEN) {
                return;
            }
            told = now;
        }
        next.accept(event);
    }
}
