package org.encore.experiment.evaluate;

import org.encore.api.inference.Backend;
import org.encore.api.inference.Decoding;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;

/**
 * How quality is measured.
 *
 * @param decoding how outputs are chosen
 * @param backend what generates
 * @param sources sources that are generated for together
 * @param maxTokens longest output
 */
public record EvaluateOptions(
        @Option(value = "greedy", help = "how outputs are chosen") Choice<Decoding<?>> decoding,
        @Option(value = "ort-cpu", help = "what generates") Choice<Backend<?>> backend,
        @Option(value = "128", help = "sources that are generated for together, fewer where they are long; changes the speed, not the outputs") int sources,
        @Option(value = "48", help = "longest output", unit = "tokens") int maxTokens) {

    public EvaluateOptions {
        if (sources < 1 || maxTokens < 1) {
            throw new IllegalArgumentException("sources " + sources + " and maxTokens " + maxTokens + " must be at least 1");
        }
    }
}
