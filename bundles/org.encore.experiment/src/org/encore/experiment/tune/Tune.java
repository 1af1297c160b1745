package org.encore.experiment.tune;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.Option;

/**
 * How options are chosen for each variant, before the experiment proper: every variant gets the same trials, judged on the development set alone, at
 * the smallest size and the first value of every other axis.
 *
 * @param trials for each variant
 * @param over paths of options and the values to try
 */
public record Tune(
        @Option(value = "0", help = "trials for each variant; 0 for every combination of the values, fewer are drawn at random, the same for all variants")
        int trials,
        @Option(help = "paths of options with the values to try: {train.learningRate: [1e-3, 2e-3]}") ConfigNode over) {

    public Tune {
        if (trials < 0) {
            throw new IllegalArgumentException("trials " + trials + ": give at least 1, or 0 for every combination");
        }
    }
}
