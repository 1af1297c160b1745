package org.encore.api.training;

import org.encore.api.option.Option;

/**
 * What a trainer needs beside model and objective. The learning rate comes with each step.
 *
 * @param optimizer AdamW's constants
 * @param clip largest global gradient norm; 0 for no clipping
 * @param precision of the matrix products; parameters and optimiser state stay fp32
 * @param threads of the numeric library, at least 1
 * @param seed of dropout
 */
public record TrainingSettings(AdamW optimizer, double clip, Precision precision, int threads, long seed) {

    /** Precision of matrix products in training. */
    public enum Precision {
        FP32, BF16
    }

    /**
     * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101). Decay applies to parameters of two axes or more.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled decay per step, times the learning rate
     */
    public record AdamW(
            @Option(value = "0.9", help = "decay of the mean gradient") double beta1,
            @Option(value = "0.98", help = "decay of the mean squared gradient") double beta2,
            @Option(value = "1e-8", help = "added to the root of the mean squared gradient") double epsilon,
            @Option(value = "0.01", help = "decoupled weight decay, on parameters of two axes or more") double weightDecay) {}
}
