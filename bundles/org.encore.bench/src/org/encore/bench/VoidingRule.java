package org.encore.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which repeats are left out: those around which the system says that others had what the race needed, whatever was measured. A rule that looked at
 * the times would cut away what it should describe.
 *
 * <p>Stolen time and foreign load are counted in ticks of 10 ms, so they are judged over stretches of turns that take half a second or more: a long
 * turn is a stretch of its own, and of many short ones all repeats in the stretch are voided. The rest at the end belongs to the stretch before it; a
 * race of less than half a second is too short for this.
 *
 * <p>Waiting is known to the nanosecond and judged from reading to reading: for each turn, or for a few short ones. It says when others took a core, but
 * only if there were others: a process with more threads than cores waits for itself, and would in every repeat.
 */
public final class VoidingRule {

    /**
     * Threads waiting, on average over a turn. Measured with one computing thread among busy processes: turns below 0.02 were longer by 0.4 %, at
     * 0.1 to 0.2 by 15 %, at 0.2 to 0.5 by 74 %; time is lost as 1 / (1 - share). At this limit that is 5 %, about the noise of a quiet machine.
     */
    public static final double WAITING_THREADS = 0.05;
    /** Foreign cores in the stretch from which on waiting is laid to others: less cannot have taken more than 5 % of one thread's time. */
    public static final double FOREIGN_CORES = 0.05;
    /** Cores' worth of stolen time; it is lost like time of waiting. */
    public static final double STOLEN_CORES = 0.05;
    /**
     * Share of the machine's cores that others use. Where they leave a core to the race they still share memory's bandwidth and the clock with it.
     * Measured on two cores beside one foreign process: a model of 6 MB was 0.3 % slower, one that reads 160 MB for each token 4 to 7 % slower,
     * whether the other, which did the same, had a quarter of a core or a whole one. This limit is a fifth of a core of two.
     */
    public static final double FOREIGN_SHARE = 0.1;
    /** Wall time over which ticks are counted: one tick is 2 % of it. */
    public static final double STRETCH_MILLIS = 500;
    /** A voided repeat is run again, up to this share of the repeats asked for: a race takes at most twice as long. */
    public static final double EXTRA_SHARE = 1;

    private VoidingRule() {}

    /**
     * Repeats to leave out.
     *
     * @param samples in the order in which they were taken; those without evidence void nothing
     */
    public static Set<Integer> voided(List<Sample> samples) {
        var stretches = new ArrayList<Stretch>();
        var repeats = new HashSet<Integer>();   // since the last evidence
        for (Sample sample : samples) {
            repeats.add(sample.repeat());
            if (sample.evidence().isPresent()) {
                boolean open = !stretches.isEmpty() && !stretches.getLast().isLong();
                Stretch turns = new Stretch(List.of(new Span(Set.copyOf(repeats), sample.evidence().get())));
                stretches.add(open ? stretches.removeLast().and(turns) : turns);
                repeats.clear();
            }
        }
        if (stretches.size() > 1 && !stretches.getLast().isLong()) {
            Stretch rest = stretches.removeLast();
            stretches.add(stretches.removeLast().and(rest));
        }
        return stretches.stream().flatMap(Stretch::voided).flatMap(span -> span.repeats().stream()).collect(Collectors.toSet());
    }

    /** What lies between two readings: a turn, or a few. */
    private record Span(Set<Integer> repeats, Evidence evidence) {}

    /** Spans that follow each other. */
    private record Stretch(List<Span> spans) {

        Stretch and(Stretch next) {
            return new Stretch(Stream.concat(spans.stream(), next.spans.stream()).toList());
        }

        Evidence evidence() {
            return spans.stream().map(Span::evidence).reduce(Evidence::plus).orElseThrow();
        }

        boolean isLong() {
            return evidence().wallMillis() >= STRETCH_MILLIS;
        }

        Stream<Span> voided() {
            Evidence all = evidence();
            if (isLong() && (all.stolenCores() > STOLEN_CORES || all.foreignCores() > FOREIGN_SHARE * all.cores())) {
                return spans.stream();
            }
            return spans.stream().filter(span -> all.foreignCores() > FOREIGN_CORES && span.evidence.waitingThreads() > WAITING_THREADS);
        }
    }
}
