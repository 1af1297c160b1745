package org.encore.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.inference.Generator;

/**
 * Times models in turns: in every repeat each model has one turn, in a new random order, so that a disturbance or a change of clock meets all
 * alike and comparisons are of pairs. The first model has a second turn as its own opponent: what differs there is noise.
 */
public final class Race {

    /** Id of the first model's second turn. */
    public static final String AGAIN = "again";

    private Race() {}

    /**
     * Runs a race.
     *
     * @param contestants at least one, each with an id of its own
     * @param sources at least one; one for each repeat, used in turn; every model reads the same one in a repeat
     * @param follow called for every counted sample
     * @param stop true to give up, by {@link CancellationException}
     * @throws IllegalArgumentException if there is nothing to time or two results could not be told apart
     */
    public static RaceResult run(Protocol protocol, List<Contestant> contestants, List<int[]> sources, Consumer<Sample> follow,
            BooleanSupplier stop) {
        check(contestants, sources);
        var turns = new ArrayList<>(contestants);
        turns.add(new Contestant(AGAIN, contestants.getFirst().generator()));
        var random = new Random(protocol.seed());
        var samples = new ArrayList<Sample>();
        for (int repeat = -protocol.warmup(); repeat < protocol.repeats(); repeat++) {
            Collections.shuffle(turns, random);
            int[] source = sources.get(Math.floorMod(repeat, sources.size()));
            for (Contestant contestant : turns) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("benchmark stopped");
                }
                Sample sample = time(contestant, repeat, source, protocol.targetTokens());
                if (repeat >= 0) {
                    samples.add(sample);
                    follow.accept(sample);
                }
            }
        }
        return new RaceResult(protocol, contestants.stream().map(Contestant::id).toList(), samples);
    }

    private static void check(List<Contestant> contestants, List<int[]> sources) {
        if (contestants.isEmpty() || sources.isEmpty()) {
            throw new IllegalArgumentException(contestants.size() + " models and " + sources.size() + " sources: give at least one of each");
        }
        List<String> ids = contestants.stream().map(Contestant::id).toList();
        if (ids.contains(AGAIN)) {
            throw new IllegalArgumentException("no model can be called '" + AGAIN
                    + "', the name of the first model's second turn. Give it another name.");
        }
        if (ids.stream().distinct().count() < ids.size()) {
            throw new IllegalArgumentException("two models of " + ids + " have the same name. Give each a name of its own.");
        }
    }

    private static Sample time(Contestant contestant, int repeat, int[] source, int targetTokens) {
        Generator generator = contestant.generator();
        int[] token = new int[1];
        long begun = System.nanoTime();
        token[0] = generator.start(new int[][] {source}).argMax(0);
        long first = System.nanoTime();
        for (int i = 1; i < targetTokens; i++) {
            token[0] = generator.next(token).argMax(0);
        }
        long end = System.nanoTime();
        return new Sample(contestant.id(), repeat, (first - begun) / 1e6, (end - first) / 1e6 / (targetTokens - 1));
    }
}
