package org.encore.bench.workload;

import java.util.List;

import org.encore.api.inference.Generator;

/** What a model is asked to do in one turn. Every model of a repeat is asked the same. */
public sealed interface Workload permits SingleStream, Batch, SharedPrefix, Chat, Server {

    /**
     * Material of a turn.
     *
     * @param sources of {@link Workload#length} tokens each
     * @param repeat from 0
     * @param targetTokens to generate for each request, whatever they are
     */
    record Material(List<int[]> sources, int repeat, int targetTokens) {

        /** The i-th source of this repeat, from 0. */
        int[] source(int i) {
            return sources.get((repeat + i) % sources.size());
        }
    }

    /** What it is, in words. */
    String words();

    /** Rows that a generator works at side by side. */
    default int rows() {
        return 1;
    }

    /** Requests of a turn; rows side by side are one. */
    default int requests() {
        return 1;
    }

    /** Tokens that a source must have, if the first request reads so many. */
    default int length(int sourceTokens, int targetTokens) {
        return sourceTokens;
    }

    /** Tokens that a row of a generator needs room for. */
    default int room(int sourceTokens, int targetTokens) {
        return sourceTokens + targetTokens + 1;
    }

    /** One turn; the clock is told of every request and every token. */
    void turn(Material material, Generator generator, Clock clock);
}
