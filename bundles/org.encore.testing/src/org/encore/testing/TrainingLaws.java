package org.encore.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.AdamW;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.op.CrossEntropy;
import org.encore.reference.Reference;

/** That a trainer sees the loss that the reference interpreter computes, and lowers it. */
public final class TrainingLaws {

    private static final double TOLERANCE = 1e-4;
    private static final double LEARNING_RATE = 1e-3;
    private static final int STEPS = 5;

    private TrainingLaws() {}

    /** The loss agrees, and a few updates on one batch lower it. */
    public static <O extends Record> void lossAgreesAndFalls(Case c, Trainer<O> trainer, O options) {
        Program objective = crossEntropy();
        double expected = new Reference(Joined.of(c.model().train(), objective)).run(Joined.inputs(c.inputs()), Reference.values(c.weights()))
                .get(Names.LOSS).data()[0];
        var settings = new TrainingSettings(new AdamW(0.9, 0.98, 1e-8, 0), 0, Precision.FP32, 1, 1);
        try (TrainingSession session = trainer.open(c.model(), objective, settings, c.weights(), options)) {
            double before = session.loss(c.inputs().batch());
            if (!(Math.abs(before - expected) < TOLERANCE * Math.max(1, expected))) {
                throw new AssertionError(String.format(Locale.ROOT, "%s: the trainer's loss is %.6f, the reference's %.6f", c, before, expected));
            }
            for (int step = 1; step <= STEPS; step++) {
                session.step(step, LEARNING_RATE, List.of(c.inputs().batch()));
            }
            double after = session.loss(c.inputs().batch());
            if (!(after < before)) {
                throw new AssertionError(String.format(Locale.ROOT, "%s: %d updates on one batch take the loss from %.6f to %.6f", c, STEPS,
                        before, after));
            }
        }
    }

    private static Program crossEntropy() {
        var graph = new Graph("cross-entropy");
        Dim batch = Dim.symbol("B");
        Dim time = Dim.symbol("T");
        var logits = graph.input(Names.LOGITS, DType.FLOAT, Shape.of(batch, time, Dim.of(Inputs.VOCABULARY)));
        var labels = graph.input(Names.LABELS, DType.INT, Shape.of(batch, time));
        var mask = graph.input(Names.MASK, DType.BOOL, Shape.of(batch, time));
        return graph.finish(Map.of(Names.LOSS, graph.apply(new CrossEntropy(0), logits, labels, mask)));
    }
}
