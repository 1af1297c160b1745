package org.encore.experiment.train;

import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.training.Objective;
import org.encore.api.training.Schedule;
import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSettings.AdamW;
import org.encore.api.training.TrainingSettings.Precision;

/**
 * How a variant is trained; the same for all variants.
 *
 * @param tokens source and target tokens to see
 * @param batchTokens tokens of an update, padding included
 * @param accumulate parts that a batch is cut into to save memory
 * @param learningRate peak
 * @param schedule id and options of the learning rate's course
 * @param objective id and options of what is minimised
 * @param optimizer constants of AdamW
 * @param clip largest gradient norm
 * @param precision of matrix products
 * @param evaluations number of looks at the development set
 * @param evaluationPairs development pairs in each look
 * @param trainer id of the engine
 */
public record TrainOptions(
        @Option(value = "2M", help = "source and target tokens to see, padding not counted", unit = "tokens") long tokens,
        @Option(value = "4096", help = "tokens of an update, padding included", unit = "tokens") int batchTokens,
        @Option(value = "1", help = "updates gather the gradients of this many batches") int accumulate,
        @Option(value = "2e-3", help = "peak learning rate") double learningRate,
        @Option(value = "linear", help = "course of the learning rate") Choice<Schedule<?>> schedule,
        @Option(value = "cross-entropy", help = "what is minimised") Choice<Objective<?>> objective,
        @Option(help = "constants of AdamW") AdamW optimizer,
        @Option(value = "1.0", help = "largest global gradient norm, 0 for no clipping") double clip,
        @Option(value = "fp32", help = "precision of matrix products: fp32 or bf16 (fast only where the processor has bf16)") Precision precision,
        @Option(value = "10", help = "looks at the development set during training; the best is kept") int evaluations,
        @Option(value = "1024", help = "development pairs in each look") int evaluationPairs,
        @Option(value = "torch", help = "engine that trains") Choice<Trainer<?>> trainer) {

    public TrainOptions {
        if (tokens < 1 || batchTokens < 1 || accumulate < 1 || evaluations < 1 || evaluationPairs < 1) {
            throw new IllegalArgumentException("tokens, batchTokens, accumulate, evaluations and evaluationPairs must be at least 1");
        }
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate " + learningRate + " must be positive");
        }
        if (clip < 0) {
            throw new IllegalArgumentException("clip " + clip + " must not be negative; 0 turns it off");
        }
    }
}
