package org.encore.distill;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.encore.api.architecture.TargetStates.At;
import org.encore.api.weights.Weights;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Primitive;

/**
 * Hidden states of a student brought near those of its teacher, beside whatever else it learns: {@code loss + weight * mean of D(W h, g)} over the
 * pairs of blocks and the unmasked target positions. h is the student's state, g the teacher's, and W a learned matrix for each pair, (teacher's
 * width, student's width), without which the two could not be compared; it is none of the model's parameters and is thrown away after the training
 * (Jiao et al. 2020, TinyBERT, arXiv 1909.10351, equation 8).
 *
 * @param pairs of blocks
 * @param distance D
 */
public record StateMatching(List<Pair> pairs, Distance distance) {

    private static final String PROJECTION = "matching.";
    /** Least product of two squared lengths: a state of zeros has no direction, and none is asked of it. */
    private static final double LEAST = 1e-12;

    /** Blocks that meet. */
    public record Pair(At student, At teacher) {}

    /** How far two states are apart. */
    public enum Distance {
        /** Mean of (W h - g)^2 over the teacher's width (TinyBERT, equation 8). Both lengths and directions have to agree. */
        SQUARED,
        /** 1 - cos(W h, g), from 0 to 2 (Sanh et al. 2019, DistilBERT, arXiv 1910.01108). Directions have to agree. */
        COSINE
    }

    public StateMatching {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no blocks to match; give one pair at least");
        }
    }

    /**
     * Pairs evenly spread over both depths, the last blocks of both among them: of n pairs the i-th has block i L / n of L, counted from 1 and
     * rounded up.
     *
     * @param student blocks in the order in which they compute
     * @param teacher likewise
     * @param count n
     * @throws IllegalArgumentException if one of both has fewer
     */
    public static List<Pair> spread(List<At> student, List<At> teacher, int count) {
        if (count > student.size() || count > teacher.size()) {
            throw new IllegalArgumentException(count + " pairs of blocks cannot be had of " + student.size() + " of the student and " + teacher.size()
                    + " of the teacher; give " + Math.min(student.size(), teacher.size()) + " at most");
        }
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Pair(nth(student, i, count), nth(teacher, i, count))).toList();
    }

    private static At nth(List<At> blocks, int i, int count) {
        return blocks.get(Math.ceilDiv(i * blocks.size(), count) - 1);
    }

    /** Names of the student's blocks, pair by pair. */
    public List<String> ofStudent() {
        return pairs.stream().map(pair -> pair.student().block()).toList();
    }

    /** Names of the teacher's blocks, pair by pair. */
    public List<String> ofTeacher() {
        return pairs.stream().map(pair -> pair.teacher().block()).toList();
    }

    /** U: numbers of the teacher at a position, of all pairs together. */
    public int teacherWidth() {
        return pairs.stream().mapToInt(pair -> pair.teacher().width()).sum();
    }

    private int studentWidth() {
        return pairs.stream().mapToInt(pair -> pair.student().width()).sum();
    }

    /** W of each pair. */
    public List<Parameter> projections() {
        return IntStream.range(0, pairs.size()).mapToObj(this::projection).toList();
    }

    private Parameter projection(int pair) {
        int from = pairs.get(pair).student().width();
        int to = pairs.get(pair).teacher().width();
        // of states of variance 1 it makes states of variance 1
        return new Parameter(PROJECTION + pair + ".projection", Shape.of(to, from), new Initializer.Normal(1 / Math.sqrt(from)));
    }

    /** Starting weights of a student, and of the projections. */
    public Weights begin(Weights student, long seed) {
        var all = new LinkedHashMap<>(student.tensors());
        for (Parameter projection : projections()) {
            float[] drawn = projection.initializer().draw(seed, projection.name(), Math.toIntExact(projection.size()));
            all.put(projection.name(), new Weights.Values(projection.shape().evaluate(Map.of()), FloatBuffer.wrap(drawn)));
        }
        return new Weights(all);
    }

    /**
     * An objective that brings states near too. Beside what the other reads it reads {@link Names#STATES}, which a train program tells of {@link
     * #ofStudent}, {@link Names#TEACHER_STATES} of {@link #ofTeacher}, and {@link Names#STATE_WEIGHT}.
     *
     * @param objective a program to the scalar loss
     */
    public Program beside(Program objective) {
        Program copy = objective.expanded(composite -> true);   // a graph of its own, to go on with
        Tensor loss = copy.output(Names.LOSS);
        Graph graph = loss.graph();
        Shape positions = Shape.of(Dim.symbol("B"), Dim.symbol("T"));
        Tensor mask = graph.input(Names.MASK, DType.BOOL, positions);
        Tensor states = graph.input(Names.STATES, DType.FLOAT, positions.insert(-1, Dim.of(studentWidth())));
        Tensor wanted = graph.input(Names.TEACHER_STATES, DType.FLOAT, positions.insert(-1, Dim.of(teacherWidth())));
        var apart = new ArrayList<Tensor>();
        int ofStudent = 0;
        int ofTeacher = 0;
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            Tensor h = states.slice(-1, Dim.of(ofStudent), Dim.of(ofStudent + pair.student().width()));
            Tensor g = wanted.slice(-1, Dim.of(ofTeacher), Dim.of(ofTeacher + pair.teacher().width()));
            Tensor projected = graph.apply(new Primitive.Linear(), h, graph.weight(projection(i)));
            apart.add(distance(projected, g, mask.reshape(positions.insert(-1, Dim.of(1)))));
            ofStudent += pair.student().width();
            ofTeacher += pair.teacher().width();
        }
        Tensor summed = apart.stream().reduce(Tensor::plus).orElseThrow();
        Tensor mean = sum(summed).dividedBy(sum(mask.cast(DType.FLOAT))).times(1.0 / pairs.size());
        return graph.finish(Map.of(Names.LOSS, loss.plus(mean.times(graph.input(Names.STATE_WEIGHT, DType.FLOAT, Shape.SCALAR)))));
    }

    /** (B, T): of each position, 0 where padding is. Chosen before anything is reckoned with it: whatever a teacher says there does not count. */
    private Tensor distance(Tensor projected, Tensor wanted, Tensor mask) {
        Graph graph = mask.graph();
        Tensor none = graph.constant(0);
        Tensor a = graph.where(mask, projected, none);
        Tensor b = graph.where(mask, wanted, none);
        Shape positions = mask.shape().without(-1);
        return switch (distance) {
            case SQUARED -> squared(a.minus(b)).times(1.0 / wanted.shape().get(-1).size()).reshape(positions);
            case COSINE -> {
                Tensor lengths = squared(a).times(squared(b)).max(graph.constant(LEAST)).rsqrt();
                Tensor cosine = a.times(b).sum(-1).times(lengths);
                yield graph.where(mask, graph.constant(1).minus(cosine), none).reshape(positions);
            }
        };
    }

    private static Tensor squared(Tensor x) {
        return x.times(x).sum(-1);
    }

    private static Tensor sum(Tensor x) {
        return x.sum(-1).sum(-2).reshape(Shape.SCALAR);
    }

    /** For people: which block meets which. */
    public String words() {
        return pairs.stream().map(pair -> pair.student().block() + " (" + pair.student().width() + " wide) meets the teacher's "
                + pair.teacher().block() + " (" + pair.teacher().width() + ")").collect(Collectors.joining(", "));
    }
}
