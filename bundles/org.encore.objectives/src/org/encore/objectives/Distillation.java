package org.encore.objectives;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.encore.api.training.Objective;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.CrossEntropy;

/**
 * Learning from a teacher's distribution p at every target position: {@code alpha T^2 D(p, q) + (1 - alpha) CE}, where q is the student's
 * distribution at temperature T, D a {@link Divergence} and CE the cross-entropy of the labels at temperature 1. The factor T^2 keeps gradients of one size over
 * temperatures (Hinton et al. 2015, arXiv 1503.02531). Both parts are means over the unmasked positions.
 *
 * <p>A teacher's distribution comes whole, or as its k likeliest tokens and the mass of all others. In the second form all others are one symbol,
 * for the student too. That never makes a divergence larger, and changes nothing when the k tokens are the whole vocabulary. With P and Q the mass
 * that teacher and student give to the others, it loses exactly P times KL of the two distributions among the others for forward KL, Q times it
 * for reverse KL; at most min(P, Q) for total variation, (beta P + (1 - beta) Q) log 2 for JSD, P log(1 + (1/skew - 1) Q/P) for skew KL and
 * the same with P and Q exchanged for its reverse. The gradient of forward KL by the student's logits changes by at most 2 P in sum.
 *
 * @param <O> options of the divergence
 */
public abstract class Distillation<O extends Record & Weighing> implements Objective<O> {

    /**
     * Least mass of the others: what 1 minus a sum resolves in single precision. Teacher and student share it, so that others without mass on
     * either side contribute nothing.
     */
    static final double LEAST_TAIL = 1e-7;

    /** In which form the teacher's distribution comes. */
    public enum Form {
        /** Logarithms over the whole vocabulary: {@code teacherLogProbabilities (B, T, V)}. */
        WHOLE,
        /** The likeliest: {@code teacherTokens (B, T, K)}, {@code teacherLogProbabilities (B, T, K)}, and {@code teacherTail (B, T)}. */
        TOP
    }

    abstract Divergence divergence(O options);

    @Override
    public OptionalDouble teacherTemperature(O options) {
        return OptionalDouble.of(options.temperature());
    }

    @Override
    public Program build(O options, int vocabularySize) {
        return build(options, vocabularySize, Form.TOP);
    }

    /** The program for a teacher's distribution in one of its forms, already at this objective's temperature. */
    public Program build(O options, int vocabularySize, Form form) {
        double temperature = options.temperature();
        double alpha = options.alpha();
        var graph = new Graph("distillation");
        Dim batch = Dim.symbol("B");
        Dim time = Dim.symbol("T");
        Shape positions = Shape.of(batch, time);
        Tensor logits = graph.input(Names.LOGITS, DType.FLOAT, positions.insert(-1, Dim.of(vocabularySize)));
        Tensor mask = graph.input(Names.MASK, DType.BOOL, positions);
        Tensor scaled = temperature == 1 ? logits : logits.times(1 / temperature);
        Sides sides = switch (form) {
            case WHOLE -> whole(graph, positions, scaled);
            case TOP -> top(graph, positions, scaled);
        };
        Tensor apart = divergence(options).of(sides.logP(), sides.logQ()).reshape(positions);
        // chosen, not multiplied: whatever stands at a padded position, even an infinity, does not count
        Tensor counted = graph.where(mask, apart, graph.constant(0));
        Tensor loss = sum(counted).dividedBy(sum(mask.cast(DType.FLOAT))).times(alpha * temperature * temperature);
        if (alpha < 1) {
            Tensor labels = graph.input(Names.LABELS, DType.INT, positions);
            loss = loss.plus(graph.apply(new CrossEntropy(0), logits, labels, mask).times(1 - alpha));
        }
        return graph.finish(Map.of(Names.LOSS, loss));
    }

    private record Sides(Tensor logP, Tensor logQ) {}

    private static Sides whole(Graph graph, Shape positions, Tensor logits) {
        Tensor teacher = graph.input(Names.TEACHER_LOG_PROBABILITIES, DType.FLOAT, logits.shape());
        return new Sides(teacher, logits.logSoftmax(-1));
    }

    private static Sides top(Graph graph, Shape positions, Tensor logits) {
        Shape likeliest = positions.insert(-1, Dim.symbol("K"));
        Tensor tokens = graph.input(Names.TEACHER_TOKENS, DType.INT, likeliest);
        Tensor teacher = graph.input(Names.TEACHER_LOG_PROBABILITIES, DType.FLOAT, likeliest);
        Tensor tail = graph.input(Names.TEACHER_TAIL, DType.FLOAT, positions).reshape(positions.insert(-1, Dim.of(1)));
        Tensor student = logits.logSoftmax(-1).gather(-1, tokens);
        Tensor others = graph.constant(1).minus(student.exp().sum(-1));
        return new Sides(graph.concat(-1, List.of(teacher, logOfTail(tail))), graph.concat(-1, List.of(student, logOfTail(others))));
    }

    private static Tensor logOfTail(Tensor mass) {
        return mass.max(mass.graph().constant(LEAST_TAIL)).log();
    }

    private static Tensor sum(Tensor x) {
        return x.sum(-1).sum(-2).reshape(Shape.SCALAR);
    }
}
