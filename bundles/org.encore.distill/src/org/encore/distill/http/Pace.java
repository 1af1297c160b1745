package org.encore.distill.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Requests at even distances, so that there are never more than so many in a minute. */
final class Pace {

    private final long nanosBetween;
    private long next = System.nanoTime();

    /** @param perMinute 0 for no limit */
    Pace(int perMinute) {
        nanosBetween = perMinute == 0 ? 0 : TimeUnit.MINUTES.toNanos(1) / perMinute;
    }

    /** @param sleep is given milliseconds */
    void await(LongConsumer sleep) {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            wait = Math.max(0, next - now);
            next = now + wait + nanosBetween;
        }
        sleep.accept(TimeUnit.NANOSECONDS.toMillis(wait));
    }
}
