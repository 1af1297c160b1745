package org.encore.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a race measured. Voided repeats are kept among the samples and left out of every estimate.
 *
 * @param protocol it was run by
 * @param contestants ids
 * @param samples of all counted repeats, the second turns of the first model included
 */
public record RaceResult(Protocol protocol, List<String> contestants, List<Sample> samples) {

    public RaceResult {
        contestants = List.copyOf(contestants);
        samples = List.copyOf(samples);
    }

    /** Repeats that are left out, by {@link Protocol#VOID_FACTOR}. */
    public Set<Integer> voided() {
        var voided = new HashSet<Integer>();
        for (Quantity quantity : Quantity.values()) {
            for (String id : samples.stream().map(Sample::contestant).distinct().toList()) {
                double median = Statistics.median(samples.stream().filter(s -> s.contestant().equals(id)).mapToDouble(s -> s.of(quantity)).toArray());
                samples.stream().filter(s -> s.contestant().equals(id) && s.of(quantity) > Protocol.VOID_FACTOR * median)
                        .forEach(s -> voided.add(s.repeat()));
            }
        }
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
