package org.encore.experiment.result;

import java.util.List;
import java.util.Map;

/**
 * What the benchmark stage found, as in {@code benchmark/summary.json}.
 *
 * @param backend description of what ran, with version and threads
 * @param sourceTokens tokens of each source
 * @param targetTokens tokens generated for each source
 * @param repeats counted repeats of each model that were not voided; all models take turns within a repeat
 * @param voided repeats that were disturbed, by the rule fixed beforehand
 * @param course how the race went
 * @param cells by cell
 * @param comparisons of pairs of cells within the same repeats
 * @param noiseFloor the same comparison of one model with itself, as a ratio, by quantity: firstTokenMillis and perTokenMillis
 * @param environment machine and system, name to value
 */
public record BenchmarkSummary(String backend, int sourceTokens, int targetTokens, int repeats, int voided, Course course, Map<String, Cell> cells,
        List<Comparison> comparisons, Map<String, Estimate> noiseFloor, Map<String, String> environment) {

    /**
     * What to know of a race besides its numbers.
     *
     * @param warmup repeats before those that are counted
     * @param stationary whether times had settled when warm-up ended
     * @param evidence whether the system told of stolen time, waiting and foreign load; else nothing could be voided
     * @param noisy whether so many repeats were voided that fewer are left than were asked for
     * @param disturbedThroughout whether more than half were voided: then estimates are of all of them
     */
    public record Course(int warmup, boolean stationary, boolean evidence, boolean noisy, boolean disturbedThroughout) {}

    /** A median with its 95 % interval. */
    public record Estimate(double median, double low, double high) {}

    /**
     * One model, measured.
     *
     * @param firstTokenMillis source in, first token chosen
     * @param perTokenMillis each later token
     * @param peakMegabytes largest resident memory of a process that only loads and runs this model, in 10^6 bytes
     * @param weightBytes as given to the runtime
     * @param stateBytes caches at these lengths
     */
    public record Cell(Estimate firstTokenMillis, Estimate perTokenMillis, double peakMegabytes, long weightBytes, long stateBytes) {}

    /**
     * Two models in the same repeats: how many times sooner {@code faster} is.
     *
     * @param quantity firstTokenMillis or perTokenMillis
     * @param ratio of slower over faster time
     * @param pairs number of repeats behind it
     */
    public record Comparison(String faster, String slower, String quantity, Estimate ratio, int pairs) {}
}
