package org.encore.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes down when what happened in a turn. Its room is made beforehand, so that nothing is allocated while a turn goes on. */
public final class Clock {

    private final long[] asked;
    private final long[] first;
    private final long[][] later;
    private final int[] read;
    private final int[] kept;
    private int requests;
    private int tokens;
    private long begun;

    /**
     * A clock for turns of at most so many requests.
     *
     * @param tokens of each request, the first included
     */
    public Clock(int requests, int tokens) {
        this.asked = new long[requests];
        this.first = new long[requests];
        this.later = new long[requests][tokens - 1];
        this.read = new int[requests];
        this.kept = new int[requests];
    }

    /** Another turn begins. */
    public void reset() {
        requests = 0;
        begun = System.nanoTime();
    }

    /**
     * A request is there, now.
     *
     * @param tokens that are to be read for it
     * @param cached tokens that it builds on and that need not be read again
     */
    public void asked(int tokens, int cached) {
        asked(System.nanoTime(), tokens, cached);
    }

    /** A request was there at this time, by {@link System#nanoTime}. */
    public void asked(long time, int toRead, int cached) {
        asked[requests] = time;
        read[requests] = toRead;
        kept[requests] = cached;
        requests++;
        tokens = 0;
    }

    /** The next token of the request is chosen. */
    public void token() {
        long now = System.nanoTime();
        if (tokens == 0) {
            first[requests - 1] = now;
        } else {
            later[requests - 1][tokens - 1] = now;
        }
        tokens++;
    }

    /** When the turn began, by {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** When the last thing happened that was taken down. */
    public long ended() {
        return tokens <= 1 ? first[requests - 1] : later[requests - 1][tokens - 2];
    }

    /** What was taken down since the turn began; every request has as many tokens as the clock has room for. */
    public List<Served> served() {
        var served = new ArrayList<Served>();
        for (int i = 0; i < requests; i++) {
            var millis = new Double[later[i].length];
            for (int t = 0; t < millis.length; t++) {
                millis[t] = (later[i][t] - (t == 0 ? first[i] : later[i][t - 1])) / 1e6;
            }
            served.add(new Served((asked[i] - begun) / 1e6, read[i], kept[i], (first[i] - asked[i]) / 1e6, Arrays.asList(millis)));
        }
        return served;
    }
}
