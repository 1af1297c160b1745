package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;

/** Puts events into an outbox, which is emptied by a thread of its own. */
final class MlflowSink implements EventSink {

    private final Outbox outbox;
    private final Delivery delivery;
    private final Thread thread;
    private final Pace pace;

    MlflowSink(Outbox outbox, Delivery delivery, Pace pace) {
        this.outbox = outbox;
        this.delivery = delivery;
        this.pace = pace;
        this.thread = Thread.ofPlatform().daemon().name("mlflow").start(delivery);
    }

    @Override
    public void on(Path run, Instant time, Event event) {
        if (!(event instanceof Event.Progress) && !(event instanceof Event.Message)) {
            outbox.put(new Outbox.Timed(time, event));
        }
    }

    @Override
    public void close() throws IOException {
        outbox.close();
        try {
            thread.join(pace.close());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean hangs = thread.isAlive();
        if (hangs) {
            delivery.giveUp();
        }
        Optional<String> lost = delivery.lost();
        if (hangs) {
            thread.interrupt(); // not before: that it was interrupted is no reason why anything is lost
        }
        if (lost.isPresent()) {
            throw new IOException(lost.get());
        }
    }
}
