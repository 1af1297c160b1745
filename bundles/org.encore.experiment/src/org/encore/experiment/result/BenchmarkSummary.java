package org.encore.experiment.result;

import java.util.List;
import java.util.Map;

/**
 * What the benchmark stage found, as in {@code benchmark/summary.json}.
 *
 * @param backend description of what ran, with version and threads
 * @param sourceTokens tokens of each source
 * @param targetTokens tokens generated for each source
 * @param repeats counted repeats of each model; all models take turns within a repeat
 * @param voided repeats left out by the rule fixed beforehand
 * @param cells by cell
 * @param comparisons of pairs of cells within the same repeats
 * @param noiseFloor the same comparison of one model with itself, as a ratio
 * @param environment machine and system, name to value
 */
public record BenchmarkSummary(String backend, int sourceTokens, int targetTokens, int repeats, int voided, Map<String, Cell> cells,
        List<Comparison> comparisons, Estimate noiseFloor, Map<String, String> environment) {

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
