package org.encore.objectives;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * temperatures (Hinton et al. 2015, arXiv 1503.02531). Both parts are means over the unmasked positions;
 * of an objective by spans of text the first is a mean over spans.
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

    /** What of the student meets what the teacher says. */
    enum Meeting {
        /** Tokens of the same name. */
        TOKENS,
        /** The likeliest of both, then the second ones, and so on. */
        RANKS,
        /** The same, of spans of text that both write, whatever tokens each writes them in. */
        SPANS
    }

    abstract Divergence divergence(O options);

    Meeting meeting() {
        return Meeting.TOKENS;
    }

    @Override
    public OptionalDouble teacherTemperature(O options) {
        return OptionalDouble.of(options.temperature());
    }

    @Override
    public Program build(O options, int vocabularySize) {
        return build(options, vocabularySize, Form.TOP);
    }

    @Override
    public double teacherShare(O options) {
        return options.alpha();
    }

    @Override
    public Optional<Program> steered(O options, int vocabularySize, boolean tempered) {
        if (tempered && meeting() == Meeting.SPANS) {
            return Optional.empty(); // of a span's distribution another temperature cannot be had: it is a product over tokens
        }
        var p = new Plan(vocabularySize, meeting());
        Tensor teacher = p.graph.input(Names.TEACHER_WEIGHT, DType.FLOAT, Shape.SCALAR);
        Tensor labels = p.graph.input(Names.LABEL_WEIGHT, DType.FLOAT, Shape.SCALAR);
        if (!tempered) {
            double temperature = options.temperature();
            return Optional.of(p.finish(divergence(options), p.top(p.at(temperature)), teacher.times(temperature * temperature), Optional.of(labels)));
        }
        Tensor temperature = p.graph.input(Names.TEMPERATURE, DType.FLOAT, Shape.SCALAR);
        return Optional.of(p.finish(divergence(options), p.tempered(temperature), teacher.times(temperature).times(temperature), Optional.of(labels)));
    }

    /** The program for a teacher's distribution in one of its forms, already at this objective's temperature. */
    public Program build(O options, int vocabularySize, Form form) {
        double temperature = options.temperature();
        double alpha = options.alpha();
        // a teacher that tells whole distributions tells one at every position: each is a span
        var p = new Plan(vocabularySize, form == Form.WHOLE && meeting() == Meeting.SPANS ? Meeting.RANKS : meeting());
        Sides sides = switch (form) {
            case WHOLE -> p.whole(p.at(temperature));
            case TOP -> p.top(p.at(temperature));
        };
        return p.finish(divergence(options), sides, p.graph.constant(alpha * temperature * temperature),
                alpha < 1 ? Optional.of(p.graph.constant(1 - alpha)) : Optional.empty());
    }

    private record Sides(Tensor logP, Tensor logQ) {}

    /** A program while it is made. */
    private static final class Plan {

        private final Graph graph = new Graph("distillation");
        private final Shape positions = Shape.of(Dim.symbol("B"), Dim.symbol("T"));
        private final Shape likeliest = positions.insert(-1, Dim.symbol("K"));
        private final Tensor logits;
        private final Meeting meeting;

        Plan(int vocabularySize, Meeting meeting) {
            this.meeting = meeting;
            logits = graph.input(Names.LOGITS, DType.FLOAT, positions.insert(-1, Dim.of(vocabularySize)));
        }

        /** The student's logarithms. */
        Tensor at(double temperature) {
            return (temperature == 1 ? logits : logits.times(1 / temperature)).logSoftmax(-1);
        }

        Sides whole(Tensor student) {
            Tensor teacher = graph.input(Names.TEACHER_LOG_PROBABILITIES, DType.FLOAT, logits.shape());
            return meeting == Meeting.TOKENS ? new Sides(teacher, student) : new Sides(teacher.sorted(-1), student.sorted(-1));
        }

        Sides top(Tensor student) {
            Tensor kept = kept(student);
            Tensor teacher = graph.input(Names.TEACHER_LOG_PROBABILITIES, DType.FLOAT, likeliest);
            Tensor others = graph.constant(1).minus(kept.exp().sum(-1));
            Tensor logP = graph.concat(-1, List.of(teacher, logarithm(tail().reshape(positions.insert(-1, Dim.of(1))))));
            Tensor logQ = graph.concat(-1, List.of(kept, logarithm(others)));
            return new Sides(logP, meeting == Meeting.SPANS ? logQ.plus(rest(student)) : logQ);
        }

        private Tensor mask() {
            return graph.input(Names.MASK, DType.BOOL, positions);
        }

        private Tensor tail() {
            return graph.input(Names.TEACHER_TAIL, DType.FLOAT, positions);
        }

        /** Which positions begin a span: those whose tail is a mass. */
        private Tensor begins() {
            return mask().and(graph.constant(0).lessEqual(tail()));
        }

        /** Of the student, where a span begins: logarithm of the probability of the labels that follow within the span, (B, T, 1); 0 for spans of one token. */
        private Tensor rest(Tensor student) {
            Shape column = positions.insert(-1, Dim.of(1));
            Shape row = Shape.of(Dim.symbol("B"), Dim.of(1), Dim.symbol("T"));
            Shape pairs = Shape.of(Dim.symbol("T"), Dim.symbol("T"));
            Tensor at = graph.iota(pairs, 0);
            Tensor other = graph.iota(pairs, 1);
            // a position is in the span that is its number of begun spans; a sum, no matrix product, which half precision would round
            Tensor span = graph.where(other.lessEqual(at), begins().cast(DType.FLOAT).reshape(row), graph.constant(0)).sum(-1);
            Tensor follows = span.equalTo(span.reshape(row)).and(at.less(other)).and(mask().reshape(row));
            Tensor own = student.gather(-1, graph.input(Names.LABELS, DType.INT, positions).reshape(column));
            return graph.where(follows, own.reshape(row), graph.constant(0)).sum(-1);
        }

        /** A teacher at temperature 1 and of the whole vocabulary, in its own order: only then another temperature can be had from it. */
        Sides tempered(Tensor temperature) {
            Tensor teacher = graph.input(Names.TEACHER_LOG_PROBABILITIES, DType.FLOAT, likeliest);
            return new Sides(teacher.dividedBy(temperature).logSoftmax(-1), kept(logits.dividedBy(temperature).logSoftmax(-1)));
        }

        /** Of the student, what meets the teacher's likeliest: the same tokens, or its own likeliest. */
        private Tensor kept(Tensor student) {
            return meeting == Meeting.TOKENS ? student.gather(-1, graph.input(Names.TEACHER_TOKENS, DType.INT, likeliest))
                    : student.sorted(-1).slice(-1, Dim.of(0), Dim.symbol("K"));
        }

        /** Of a mass. A distance of probabilities needs no floor but for the logarithm. */
        private Tensor logarithm(Tensor mass) {
            return mass.max(graph.constant(meeting == Meeting.TOKENS ? LEAST_TAIL : Divergence.LEAST)).log();
        }

        Program finish(Divergence divergence, Sides sides, Tensor ofTeacher, Optional<Tensor> ofLabels) {
            Tensor counts = meeting == Meeting.SPANS ? begins() : mask();
            Tensor apart = divergence.of(sides.logP(), sides.logQ()).reshape(positions);
            // chosen, not multiplied: whatever stands at a padded position, even an infinity, does not count
            Tensor counted = graph.where(counts, apart, graph.constant(0));
            Tensor loss = sum(counted).dividedBy(sum(counts.cast(DType.FLOAT))).times(ofTeacher);
            if (ofLabels.isPresent()) {
                Tensor labels = graph.input(Names.LABELS, DType.INT, positions);
                loss = loss.plus(graph.apply(new CrossEntropy(0), logits, labels, mask()).times(ofLabels.get()));
            }
            return graph.finish(Map.of(Names.LOSS, loss));
        }
    }

    private static Tensor sum(Tensor x) {
        return x.sum(-1).sum(-2).reshape(Shape.SCALAR);
    }
}
