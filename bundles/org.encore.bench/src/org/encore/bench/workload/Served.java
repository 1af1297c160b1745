package org.encore.bench.workload;

import java.util.List;

/**
 * One request of a turn.
 *
 * @param askedMillis when it was there, from the beginning of the turn
 * @param read tokens that were read for it
 * @param kept tokens that it builds on and that were in the caches
 * @param firstTokenMillis from being there to the first token, waiting included
 * @param laterMillis of each later token, in order
 */
public record Served(double askedMillis, int read, int kept, double firstTokenMillis, List<Double> laterMillis) {

    public Served {
        laterMillis = List.copyOf(laterMillis);
    }
}
