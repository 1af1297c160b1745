package org.encore.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;

/**
 * That a backend generates what the train program computes in double precision.
 *
 * @param c the model, with weights and inputs
 * @param model the same, loaded by the backend
 * @param tolerance of differences, relative to the largest logit
 */
public record GenerationLaws(Case c, LoadedModel model, double tolerance) {

    private static final int ROOM = 40;
    private static final int MOST_ROWS = 4;

    /** A batch of mixed lengths gives the train logits, token by token. */
    public void generationGivesTheTrainLogits() {
        Inputs in = c.inputs();
        Value train = c.trainLogits();
        double largest = Arrays.stream(train.data()).map(Math::abs).max().orElse(1);
        try (Generator generator = model.generator(in.rows(), ROOM)) {
            Logits logits = generator.start(in.sources());
            for (int t = 0; t < in.targetTime(); t++) {
                for (int row = 0; row < in.rows(); row++) {
                    for (int v = 0; t < in.targetLengths()[row] && v < Inputs.VOCABULARY; v++) {
                        double expected = train.data()[(row * in.targetTime() + t) * Inputs.VOCABULARY + v];
                        if (!(Math.abs(logits.get(row, v) - expected) <= tolerance * Math.max(1, largest))) {
                            throw new AssertionError(String.format(Locale.ROOT,
                                    "%s: row %d, target position %d, token %d: generation gives %.6g, training %.6g. "
                                            + "Does the same body serve both, with all that it remembers in attention or Layer.recurrent?",
                                    c, row, t, v, logits.get(row, v), expected));
                        }
                    }
                }
                if (t + 1 < in.targetTime()) {
                    logits = generator.next(in.targetsAt(t + 1));
                }
            }
        }
    }

    /** Rows that go on in another order, and more than once, as in a beam, give what the reference gives. */
    public void rowsGoOnInAnotherOrderAndMoreThanOnce() {
        try (LoadedModel inReference = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options());
                Generator reference = inReference.generator(MOST_ROWS, ROOM); Generator generator = model.generator(MOST_ROWS, ROOM)) {
            for (Generator each : List.of(generator, reference)) {
                each.start(new int[][] {{3, 4, 5}, {6, 7}});
                each.next(new int[] {8, 9});
                each.select(new int[] {1, 0, 1, 1});
                each.next(new int[] {5, 6, 7, 8});
                each.select(new int[] {3, 1});
            }
            double[] expected = copy(reference.next(new int[] {4, 5}));
            differs("rows in another order", copy(generator.next(new int[] {4, 5})), expected, tolerance);
        }
    }

    /** A second source finds no trace of the one before. */
    public void anotherSourceFindsNoTraceOfTheOneBefore() {
        int[][] sources = c.inputs().sources();
        int[] tokens = new int[sources.length];
        Arrays.fill(tokens, 5);
        try (Generator generator = model.generator(sources.length, ROOM)) {
            double[] first = copy(generator.start(sources));
            double[] second = copy(generator.next(tokens));
            generator.next(tokens);
            differs("the first token of a second source", copy(generator.start(sources)), first, 0);
            differs("the second token of a second source", copy(generator.next(tokens)), second, 0);
        }
    }

    private void differs(String what, double[] actual, double[] expected, double allowed) {
        double error = Agreement.error(actual, expected);
        if (!(error <= allowed)) {
            throw new AssertionError(String.format(Locale.ROOT, "%s: %s: logits differ by %.2e of the largest", c, what, error));
        }
    }

    private static double[] copy(Logits logits) {
        var copy = new double[logits.rows() * logits.vocabulary()];
        Arrays.setAll(copy, i -> logits.values().get(i));
        return copy;
    }
}
