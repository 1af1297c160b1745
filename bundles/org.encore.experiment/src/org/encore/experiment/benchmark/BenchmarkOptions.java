package org.encore.experiment.benchmark;

import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.bench.workload.Workload;

/**
 * How speed and memory are measured.
 *
 * @param backend what generates
 * @param scenario what a model is asked in one turn
 * @param sourceTokens length of every source
 * @param targetTokens length of every output
 * @param warmup repeats that are at least not counted
 * @param repeats counted repeats, without those that are voided
 * @param memory whether peak memory is measured
 */
public record BenchmarkOptions(
        @Option(value = "ort-cpu", help = "what generates") Choice<Backend<?>> backend,
        @Option(value = "single-stream", help = "what a model is asked in one turn: single requests; a batch; requests that begin alike; a chat; or requests "
                + "as they arrive at a server") Workload scenario,
        @Option(value = "16", help = "length of every source, made from held-out sources", unit = "tokens") int sourceTokens,
        @Option(value = "16", help = "length of every output; the end token does not end it", unit = "tokens") int targetTokens,
        @Option(value = "10", help = "repeats that are at least not counted; warm-up ends when times have settled") int warmup,
        @Option(value = "60", help = "counted repeats; in each, every model has one turn in random order") int repeats,
        @Option(value = "true", help = "measure peak memory too, each model in a process of its own") boolean memory) {

    public BenchmarkOptions {
        if (sourceTokens < 1 || targetTokens < 2 || repeats < 1 || warmup < 0) {
            throw new IllegalArgumentException("sourceTokens " + sourceTokens + ", targetTokens " + targetTokens + ", repeats " + repeats + ", warmup "
                    + warmup + ": give at least 1, 2, 1 and 0");
        }
    }
}
