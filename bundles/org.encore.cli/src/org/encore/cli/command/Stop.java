package org.encore.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Ctrl-C and other signals to end: work is asked to stop and has some time to do so in good order. */
final class Stop implements BooleanSupplier, AutoCloseable {

    /** Exit code of a process that was asked to stop, as shells have it. */
    static final int CODE = 130;
    /** Longest wait for the work to notice, before the process ends anyway. */
    private static final int PATIENCE_SECONDS = 30;

    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    Stop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        asked.set(true);
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the user asked to stop. */
    @Override
    public boolean getAsBoolean() {
        return asked.get();
    }

    /** The work is over. */
    @Override
    public void close() {
        ended.countDown();
        if (!asked.get()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
