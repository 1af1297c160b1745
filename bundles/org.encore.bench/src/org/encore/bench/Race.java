package org.encore.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.bench.workload.Clock;
import org.encore.bench.workload.SingleStream;
import org.encore.bench.workload.Workload;

/**
 * Times models in turns: in every repeat each model has one turn, in a new random order, so that a disturbance or a change of clock meets all alike
 * and comparisons are of pairs. The first model has a second turn as its own opponent: what differs there is noise. Repeats of which the system says
 * that others disturbed them are run again.
 */
public final class Race {

    /** Id of the first model's second turn. */
    public static final String AGAIN = "again";

    /** What has to get warm (compiled code, caches, the clock) does so within seconds: repeats of half a minute each are not made ten times for it. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Protocol protocol;
    private final List<Contestant> turns;
    private final List<int[]> sources;
    private final Workload workload;
    private final Witness witness;
    private final BooleanSupplier stop;
    private final Clock clock;
    private Optional<Counters> counters;
    private long read;

    private Race(Protocol protocol, List<Contestant> contestants, Workload workload, List<int[]> sources, Witness witness, BooleanSupplier stop) {
        this.protocol = protocol;
        this.turns = new ArrayList<>(contestants);
        this.turns.add(new Contestant(AGAIN, contestants.getFirst().generator()));
        this.workload = workload;
        this.sources = sources;
        this.witness = witness;
        this.stop = stop;
        this.clock = new Clock(workload.requests(), protocol.targetTokens());
        this.counters = witness.counters();
        this.read = System.nanoTime();
    }

    /** A race of single requests: see the other. */
    public static RaceResult run(Protocol protocol, List<Contestant> contestants, List<int[]> sources, Witness witness, Follower follower,
            BooleanSupplier stop) {
        return run(protocol, contestants, new SingleStream(), sources, witness, follower, stop);
    }

    /**
     * Runs a race.
     *
     * @param contestants at least one, each with an id of its own
     * @param workload what each model is asked in a turn
     * @param sources at least one, of the workload's length; used in turn, and every model reads the same ones in a repeat
     * @param witness asked after turns
     * @param follower told how it goes
     * @param stop true to give up, by {@link CancellationException}
     * @throws IllegalArgumentException if there is nothing to time or two results could not be told apart
     */
    public static RaceResult run(Protocol protocol, List<Contestant> contestants, Workload workload, List<int[]> sources, Witness witness,
            Follower follower, BooleanSupplier stop) {
        check(contestants, sources);
        var race = new Race(protocol, contestants, workload, sources, witness, stop);
        Warmup warmup = race.warmUp(follower);
        List<Sample> samples = race.count(follower);
        return new RaceResult(protocol, contestants.stream().map(Contestant::id).toList(), warmup, samples);
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

    private Warmup warmUp(Follower follower) {
        long begun = System.nanoTime();
        var random = new Random(protocol.seed());
        var samples = new ArrayList<Sample>();
        int repeat = 0;
        boolean stationary = false;
        while (repeat < protocol.warmup() || !stationary && repeat < protocol.longestWarmup() && System.nanoTime() - begun < PATIENCE_NANOS) {
            repeat(repeat++, random, false, samples::add);
            follower.warmed(repeat);
            stationary = Stationarity.reached(samples);
        }
        return new Warmup(repeat, stationary);
    }

    private List<Sample> count(Follower follower) {
        var random = new Random(protocol.seed());   // the order does not depend on how long warm-up was
        var samples = new ArrayList<Sample>();
        evidence();   // of warm-up, which is not judged
        int done = 0;
        int missing = protocol.repeats();
        while (missing > 0 && done < protocol.mostRepeats()) {
            int end = Math.min(done + missing, protocol.mostRepeats());
            for (; done < end; done++) {
                repeat(done, random, done == end - 1, sample -> {
                    samples.add(sample);
                    follower.counted(sample);
                });
                follower.repeated(done);
            }
            missing = protocol.repeats() - (done - VoidingRule.voided(samples).size());
        }
        return samples;
    }

    private void repeat(int repeat, Random random, boolean last, Consumer<Sample> follow) {
        var order = new ArrayList<>(turns);
        Collections.shuffle(order, random);
        for (Contestant contestant : order) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("benchmark stopped");
            }
            boolean judged = last && contestant == order.getLast();
            follow.accept(time(contestant, repeat, judged));
        }
    }

    private Sample time(Contestant contestant, int repeat, boolean judged) {
        clock.reset();
        workload.turn(new Workload.Material(sources, repeat, protocol.targetTokens()), contestant.generator(), clock);
        boolean rested = (clock.ended() - read) / 1e6 >= witness.restMillis();
        return Sample.of(contestant.id(), repeat, clock.served(), judged || rested ? evidence() : Optional.empty());
    }

    /** Since the last reading: what lies between two turns belongs to the later one, so every moment of the race is judged. */
    private Optional<Evidence> evidence() {
        Optional<Counters> now = witness.counters();
        Optional<Evidence> evidence = counters.flatMap(before -> now.map(before::until));
        counters = now;
        read = System.nanoTime();
        return evidence;
    }
}
