package org.encore.listeners.mlflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.listeners.series.Series;

/** Events that wait to be handed on, a limited number: if nobody takes them, the oldest that hold values are dropped and counted. */
final class Outbox {

    private final int capacity;
    private final Deque<Timed> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean closing;
    private boolean abandoned;

    /** @param capacity events that may wait */
    Outbox(int capacity) {
        this.capacity = capacity;
    }

    /** When something happened, and what. */
    record Timed(Instant time, Event event) {
        int values() {
            return Series.count(event);
        }
    }

    /** Takes an event, at once. */
    synchronized void put(Timed timed) {
        if (abandoned) {
            dropped += timed.values();
            return;
        }
        waiting.add(timed);
        if (waiting.size() > capacity) {
            dropOldest();
        }
        notifyAll();
    }

    private void dropOldest() {
        for (Iterator<Timed> oldest = waiting.iterator(); oldest.hasNext();) {
            int values = oldest.next().values();
            if (values > 0) {
                oldest.remove();
                dropped += values;
                return;
            }
        }
    }

    /**
     * Waits for an event, then a while for more.
     *
     * @param most how many to take
     * @return in order; none if the outbox is closed and empty
     */
    synchronized List<Timed> take(int most, Duration gather) throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        long end = System.nanoTime() + gather.toNanos();
        for (long left = gather.toMillis(); left > 0 && waiting.size() < most && !closing; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        var taken = new ArrayList<Timed>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Waits, but no longer than until the outbox is closed. */
    synchronized void pause(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toMillis(); left > 0 && !closing; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** Nothing more will come. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    synchronized boolean closing() {
        return closing;
    }

    /** Drops everything that waits and that will come. */
    synchronized void abandon() {
        abandoned = true;
        waiting.forEach(timed -> dropped += timed.values());
        waiting.clear();
    }

    /** How many values were dropped so far. */
    synchronized long dropped() {
        return dropped;
    }
}
