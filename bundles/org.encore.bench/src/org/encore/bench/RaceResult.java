package org.encore.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;

/**
 * What a race measured. Voided repeats are kept among the samples and left out of estimates, unless they are more than the rest: then the system was
 * disturbed throughout, and a wide interval of everything is more honest than a narrow one of what happened to be left.
 *
 * @param protocol it was run by
 * @param contestants ids
 * @param warmup before it
 * @param samples of all counted repeats in the order in which they were taken, the second turns of the first model included
 */
public record RaceResult(Protocol protocol, List<String> contestants, Warmup warmup, List<Sample> samples) {

    public RaceResult {
        contestants = List.copyOf(contestants);
        samples = List.copyOf(samples);
    }

    /** Repeats that were disturbed, by {@link VoidingRule}. */
    public Set<Integer> voided() {
        return VoidingRule.voided(samples);
    }

    /** Repeats, with voided ones. */
    public int repeats() {
        return (int) samples.stream().mapToInt(Sample::repeat).distinct().count();
    }

    /** Whether the system said what else it did; else nothing could be voided. */
    public boolean hasEvidence() {
        return samples.stream().anyMatch(sample -> sample.evidence().isPresent());
    }

    /** Whether more repeats were voided than could be run again: fewer are left than the protocol asks for. */
    public boolean noisy() {
        return repeats() - voided().size() < protocol.repeats();
    }

    /** Whether so many repeats were voided that estimates are of all of them. */
    public boolean disturbedThroughout() {
        return 2 * voided().size() > repeats();
    }

    /** Median and interval of one model. */
    public Estimate estimate(String contestant, Quantity quantity) {
        return Median.of(values(contestant, quantity)).estimate();
    }

    /** How many times longer {@code slower} takes than {@code faster}, in pairs of the same repeat. */
    public Ratio ratio(String slower, String faster, Quantity quantity) {
        return Ratio.ofPairs(values(slower, quantity), values(faster, quantity));
    }

    /** The first model against itself: an honest method gives 1. */
    public Ratio noiseFloor(Quantity quantity) {
        return ratio(Race.AGAIN, contestants.getFirst(), quantity);
    }

    /** Times of single later tokens of one model, in no order: their percentiles are those of the inter-token latency. */
    public double[] laterMillis(String contestant) {
        return kept(contestant).flatMapToDouble(s -> s.laterMillis().stream().mapToDouble(Double::doubleValue)).toArray();
    }

    /** Median and interval of whole requests. */
    public Estimate endToEnd(String contestant) {
        return Median.of(kept(contestant).mapToDouble(Sample::endToEndMillis).toArray()).estimate();
    }

    /** Medians and intervals of the first tokens of each request of a turn, in order. */
    public List<Estimate> firstTokens(String contestant) {
        List<Sample> turns = kept(contestant).toList();
        int requests = turns.stream().mapToInt(s -> s.requests().size()).min().orElse(0);
        return IntStream.range(0, requests).mapToObj(i -> Median.of(turns.stream().mapToDouble(s -> s.requests().get(i).firstTokenMillis()).toArray())
                .estimate()).toList();
    }

    private double[] values(String contestant, Quantity quantity) {
        return kept(contestant).mapToDouble(s -> s.of(quantity)).toArray();
    }

    private Stream<Sample> kept(String contestant) {
        Set<Integer> left = disturbedThroughout() ? Set.of() : voided();
        return samples.stream().filter(s -> s.contestant().equals(contestant)
                && !left.contains(s.repeat())).sorted(Comparator.comparingInt(Sample::repeat));
    }
}
