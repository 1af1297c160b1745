package org.encore.experiment.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

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
 * @param conditions options of the backend, name to value; empty in results of older versions
 * @param limits of this machine, by which shares of the roofline are; null if they were not known
 * @param asked what a model was asked in one turn; null in results of older versions, which are of single requests
 */
public record BenchmarkSummary(String backend, int sourceTokens, int targetTokens, int repeats, int voided, Course course, Map<String, Cell> cells,
        List<Comparison> comparisons, Map<String, Estimate> noiseFloor, Map<String, String> environment, Map<String, String> conditions,
        @Nullable Limits limits, @Nullable Asked asked) {

    /** In the environment: which hardware computed, as probes name it, or that times are no measurement of any ({@link org.encore.api.inference.Backend#device}). */
    public static final String DEVICE = "device";

    public BenchmarkSummary {
        conditions = Optional.ofNullable(conditions).map(Map::copyOf).orElse(Map.of());
    }

    /** With nothing known of conditions and limits, as in results of older versions. */
    public BenchmarkSummary(String backend, int sourceTokens, int targetTokens, int repeats, int voided, Course course, Map<String, Cell> cells,
            List<Comparison> comparisons, Map<String, Estimate> noiseFloor, Map<String, String> environment) {
        this(backend, sourceTokens, targetTokens, repeats, voided, course, cells, comparisons, noiseFloor, environment, Map.of(), null, null);
    }

    /**
     * What a model was asked in one turn.
     *
     * @param scenario in words
     * @param rows requests side by side
     * @param requests one after another
     */
    public record Asked(String scenario, int rows, int requests) {

        private static final Asked SINGLE = new Asked("single stream", 1, 1);
    }

    /** What a model was asked in one turn, in results of older versions too. */
    public Asked turn() {
        return asked == null ? Asked.SINGLE : asked;
    }

    /** Whether a turn is one request. */
    public boolean single() {
        return turn().rows() == 1 && turn().scenario().equals(Asked.SINGLE.scenario());
    }

    /**
     * What to know of a race besides its numbers.
     *
     * @param warmup repeats before those that are counted
     * @param stationary whether times had settled when warm-up ended
     * @param evidence whether the system told of stolen time, waiting and foreign load; else nothing could be voided
     * @param noisy whether so many repeats were voided that fewer are left than were asked for
     * @param disturbedThroughout whether more than half were voided: then estimates are of all of them
     * @param untrained whether weights were random: times do not depend on their values
     * @param partial whether it was stopped before its end: then everything is of the repeats that were complete
     */
    public record Course(int warmup, boolean stationary, boolean evidence, boolean noisy, boolean disturbedThroughout, boolean untrained,
            boolean partial) {

        /** Of a whole measurement of trained models. */
        public Course(int warmup, boolean stationary, boolean evidence, boolean noisy, boolean disturbedThroughout) {
            this(warmup, stationary, evidence, noisy, disturbedThroughout, false, false);
        }
    }

    /**
     * What this machine reaches at most, measured apart from the models.
     *
     * @param operationsPerSecond of matrix products in the precision of the models
     * @param bytesPerSecond that are read
     * @param when they were measured
     */
    public record Limits(double operationsPerSecond, double bytesPerSecond, String when) {}

    /**
     * How near a model comes to this machine's limits: the time that its work would take at them over the time that it took.
     *
     * @param firstShare of the first token
     * @param firstBound what bounds it at the limits: arithmetic or memory
     * @param laterShare of a later token
     * @param laterBound what bounds it at the limits
     * @param firstFlops operations up to the first token (modelled)
     * @param firstBytes read up to the first token (modelled)
     * @param laterFlops operations of a later token, on average (modelled)
     * @param laterBytes read for a later token, on average (modelled)
     */
    public record Roofline(double firstShare, String firstBound, double laterShare, String laterBound, double firstFlops, double firstBytes,
            double laterFlops,
            double laterBytes) {}

    /** Of single later tokens. @param tokens number of them */
    public record Percentiles(double p50, double p90, double p99, int tokens) {}

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
     * @param laterMillis percentiles of single later tokens; null in results of older versions
     * @param endToEndMillis whole requests; null in results of older versions
     * @param roofline null if this machine's limits were not known
     * @param firstTokens of each request of a turn, in order; null in results of older versions
     */
    public record Cell(Estimate firstTokenMillis, Estimate perTokenMillis, double peakMegabytes, long weightBytes, long stateBytes,
            @Nullable Percentiles laterMillis, @Nullable Estimate endToEndMillis, @Nullable Roofline roofline, @Nullable List<Estimate> firstTokens) {

        /** As in results of older versions. */
        public Cell(Estimate firstTokenMillis, Estimate perTokenMillis, double peakMegabytes, long weightBytes, long stateBytes) {
            this(firstTokenMillis, perTokenMillis, peakMegabytes, weightBytes, stateBytes, null, null, null, null);
        }
    }

    /**
     * Two models in the same repeats: how many times sooner {@code faster} is.
     *
     * @param quantity firstTokenMillis or perTokenMillis
     * @param ratio of slower over faster time
     * @param pairs number of repeats behind it
     */
    public record Comparison(String faster, String slower, String quantity, Estimate ratio, int pairs) {}
}
