package org.encore.serve;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How long a client may leave unread what it is sent. Models answer one request after another, so a client that stops reading a stream without going away
 * would otherwise keep all others waiting. An interrupt ends the writing: the channel closes, as Java's channels do.
 */
final class Patience {

    private static final long SECONDS = 10;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private boolean writing;
    private boolean over;

    interface Write {
        void to() throws IOException;
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(1, work -> Thread.ofPlatform().name("encore-serve-patience").daemon().unstarted(work));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** @throws IOException if the client took nothing for so long, or has gone */
    void during(Write write) throws IOException {
        Thread writer = Thread.currentThread();
        begin(true);
        ScheduledFuture<?> end = CLOCK.schedule(() -> end(writer), SECONDS, TimeUnit.SECONDS);
        try {
            write.to();
        } finally {
            end.cancel(false);
            begin(false);
            if (over) {
                Thread.interrupted(); // it was ours, and has done its work
            }
        }
    }

    private synchronized void begin(boolean write) {
        writing = write;
    }

    private synchronized void end(Thread writer) {
        if (writing) {
            over = true;
            writer.interrupt();
        }
    }
}
