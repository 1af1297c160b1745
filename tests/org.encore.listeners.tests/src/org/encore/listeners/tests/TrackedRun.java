package org.encore.listeners.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

import org.encore.api.run.EventSink;
import org.encore.listeners.mlflow.MlflowListener;
import org.encore.listeners.mlflow.MlflowOptions;
import org.encore.listeners.mlflow.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run and a tracking server that may hear of it. */
@Timeout(120)
abstract class TrackedRun {

    static final String WHOLE = "g2p-2026-07-01-1";
    static final Pace QUICK = new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            1000);
    private static final long LOOK_MILLIS = 5;

    @TempDir
    Path temporary;
    Path run;
    TrackingServer server;

    interface Telling {
        void tell(Story story) throws IOException;
    }

    @BeforeEach
    void aRunAndAServer() throws IOException {
        run = Story.folder(temporary);
        server = new TrackingServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    EventSink open(String uri, Map<String, String> environment, Pace pace) throws IOException {
        return new MlflowListener(environment, pace).open(new MlflowOptions(uri, Optional.empty()), run);
    }

    EventSink open() throws IOException {
        return open(server.uri(), Map.of(), QUICK);
    }

    void follow(Telling telling) throws IOException {
        try (EventSink sink = open()) {
            telling.tell(new Story(run, sink));
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void waitFor(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
