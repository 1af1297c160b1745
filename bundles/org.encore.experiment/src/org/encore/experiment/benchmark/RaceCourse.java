package org.encore.experiment.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.encore.api.run.Event;
import org.encore.bench.Follower;
import org.encore.bench.Protocol;
import org.encore.bench.Sample;
import org.encore.bench.VoidingRule;

/**
 * Tells a race while it goes on: how far it is, and what the repeat that is just over took. It speaks between repeats and never between turns that
 * are compared, and at most once a second, however short repeats are.
 */
public final class RaceCourse implements Follower {

    private static final String STAGE = "benchmark";
    private static final long SILENCE_NANOS = 1_000_000_000L;

    private final Protocol protocol;
    private final int turns;
    private final Consumer<Event> events;
    private final LongSupplier nanos;
    private final List<Sample> samples = new ArrayList<>();
    private long last;

    /**
     * A race that is about to begin.
     *
     * @param turns in a repeat: one more than models
     * @param events takes what is told
     * @param nanos a clock
     */
    public RaceCourse(Protocol protocol, int turns, Consumer<Event> events, LongSupplier nanos) {
        this.protocol = protocol;
        this.turns = turns;
        this.events = events;
        this.nanos = nanos;
        this.last = nanos.getAsLong() - SILENCE_NANOS;
    }

    @Override
    public void warmed(int repeat) {
        if (due()) {
            events.accept(new Event.Progress("", STAGE, repeat, protocol.longestWarmup(), "repeats to warm up, at most"));
        }
    }

    @Override
    public void counted(Sample sample) {
        samples.add(sample);
    }

    /** The first one is told in any case. */
    @Override
    public void repeated(int repeat) {
        if (repeat > 0 && !due()) {
            return;
        }
        last = nanos.getAsLong();
        List<Sample> taken = samples.subList(samples.size() - turns, samples.size());
        events.accept(new Event.RaceRepeat(repeat, VoidingRule.voided(samples).contains(repeat), taken.stream()
                .map(sample -> new Event.Turn(sample.contestant(), sample.firstTokenMillis(), sample.perTokenMillis())).toList()));
        long all = (long) protocol.repeats() * turns;
        long most = (long) protocol.mostRepeats() * turns;   // if voided repeats are run again
        events.accept(new Event.Progress("", STAGE, samples.size(), samples.size() <= all ? all : most, "turns"));
    }

    /** The race is over: progress is thinned out, but its end is always told. */
    void over() {
        events.accept(new Event.Progress("", STAGE, samples.size(), samples.size(), "turns"));
    }

    private boolean due() {
        long now = nanos.getAsLong();
        if (now - last < SILENCE_NANOS) {
            return false;
        }
        last = now;
        return true;
    }

    /** All turns that count, so far. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }
}
