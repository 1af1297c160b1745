package org.encore.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a race measured. Voided repeats are kept among the samples and left out of every estimate.
 *
 * @param protocol it was run by
 * @param contestants ids
 * @param samples of all counted repeats in the order in which they were taken, the second turns of the first model included
 */
public record RaceResult(Protocol protocol, List<String> contestants, List<Sample> samples) {

    public RaceResult {
        contestants = List.copyOf(contestants);
        samples = List.copyOf(samples);
    }

    /** Repeats that are left out, by {@link Protocol#VOID_FACTOR}: never more than half of them. */
    public Set<Integer> voided() {
        var millis = new TreeMap<Integer, Double>();
        samples.forEach(s -> millis.merge(s.repeat(), s.firstTokenMillis() + s.perTokenMillis() * (protocol.targetTokens() - 1), Double::sum));
        double median = Statistics.median(millis.values().stream().mapToDouble(Double::doubleValue).toArray());
        var voided = new HashSet<Integer>();
        millis.forEach((repeat, total) -> {
            if (total > Protocol.VOID_FACTOR * median) {
                voided.add(repeat);
            }
        });
        return voided;
    }

    /** Median and interval of one model. */
    public Estimate estimate(String contestant, Quantity quantity) {
        return Statistics.ofMedian(values(contestant, quantity));
    }

    /** How many times longer {@code slower} takes than {@code faster}, in pairs of the same repeat. */
    public Estimate ratio(String slower, String faster, Quantity quantity) {
        return Statistics.ofRatio(values(slower, quantity), values(faster, quantity), protocol.seed());
    }

    /** The first model against itself: an honest method gives 1. */
    public Estimate noiseFloor(Quantity quantity) {
        return ratio(Race.AGAIN, contestants.getFirst(), quantity);
    }

    private double[] values(String contestant, Quantity quantity) {
        Set<Integer> voided = voided();
        return samples.stream().filter(s -> s.contestant().equals(contestant) && !voided.contains(s.repeat()))
                .sorted(java.util.Comparator.comparingInt(Sample::repeat)).mapToDouble(s -> s.of(quantity)).toArray();
    }
}
