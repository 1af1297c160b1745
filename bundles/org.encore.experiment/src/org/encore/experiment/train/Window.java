package org.encore.experiment.train;

import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSession;

/** What happened since the last reported step. */
final class Window {

    private long tokens;
    private long tokensBefore;
    private double lossSum;
    private long labels;
    private double gradientNorm;
    private long started = System.nanoTime();

    /** @param tokens seen before */
    Window(long tokens) {
        this.tokens = tokens;
        this.tokensBefore = tokens;
    }

    void add(TrainingSession.Update update, List<Batch> batches) {
        for (Batch batch : batches) {
            tokens += batch.tokens();
            labels += batch.labelTokens();
            lossSum += update.loss() * batch.labelTokens();
        }
        gradientNorm = update.gradientNorm();
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    long tokens() {
        return tokens;
    }

    /** The window as an event; the next window begins. */
    Event.TrainStep report(String cell, long step, long totalTokens, double learningRate) {
        var point = new Event.TrainStep(cell, step, tokens, totalTokens, lossSum / labels, learningRate, gradientNorm,
                (tokens - tokensBefore) / seconds());
        tokensBefore = tokens;
        lossSum = 0;
        labels = 0;
        started = System.nanoTime();
        return point;
    }
}
