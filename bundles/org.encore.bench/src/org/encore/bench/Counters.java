package org.encore.bench;

import java.util.Map;

/**
 * What the system had counted at one moment.
 *
 * @param nanos of {@link System#nanoTime}
 * @param cores of the machine
 * @param stealMillis stolen from all cores since the system started
 * @param busyMillis all cores were not idle since then, without stolen time
 * @param threads of this process, by id
 */
public record Counters(long nanos, int cores, double stealMillis, double busyMillis, Map<String, Thread> threads) {

    /**
     * One thread since it began.
     *
     * @param ranNanos on a core
     * @param waitedNanos ready to run without a core
     */
    public record Thread(long ranNanos, long waitedNanos) {

        private static final Thread NEW = new Thread(0, 0);
    }

    public Counters {
        threads = Map.copyOf(threads);
    }

    /** What happened from now to then. Of a thread that ended in between nothing is known; it counts as foreign. */
    public Evidence until(Counters later) {
        long ran = 0;
        long waited = 0;
        for (var thread : later.threads.entrySet()) {
            Thread before = threads.getOrDefault(thread.getKey(), Thread.NEW);
            ran += thread.getValue().ranNanos - before.ranNanos;
            waited += thread.getValue().waitedNanos - before.waitedNanos;
        }
        return new Evidence((later.nanos - nanos) / 1e6, later.cores, later.stealMillis - stealMillis, waited / 1e6,
                later.busyMillis - busyMillis - ran / 1e6);
    }
}
