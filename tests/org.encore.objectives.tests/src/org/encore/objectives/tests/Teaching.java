package org.encore.objectives.tests;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.reference.Reference;
import org.encore.reference.Value;

/** Distillation objectives on the reference interpreter: one teacher, one student, any number of positions. */
final class Teaching {

    /** The example of which the constants are known. */
    static final double[] TEACHER = {2, 1, 0, -1};
    static final double[] STUDENT = {0.5, 1.5, 0, -0.5};

    private static final Function<Parameter, Value> NO_WEIGHTS = parameter -> {
        throw new AssertionError("an objective has no parameters, not " + parameter.name());
    };

    private Teaching() {}

    static double[] softmax(double[] logits, double temperature) {
        double[] scaled = Arrays.stream(logits).map(z -> z / temperature).toArray();
        double max = Arrays.stream(scaled).max().orElseThrow();
        double sum = Arrays.stream(scaled).map(z -> Math.exp(z - max)).sum();
        return Arrays.stream(scaled).map(z -> Math.exp(z - max) / sum).toArray();
    }

    /** Logarithms of what {@link #softmax} gives, finite for any logits. */
    static double[] logSoftmax(double[] logits, double temperature) {
        double[] scaled = Arrays.stream(logits).map(z -> z / temperature).toArray();
        double max = Arrays.stream(scaled).max().orElseThrow();
        double normalizer = max + Math.log(Arrays.stream(scaled).map(z -> Math.exp(z - max)).sum());
        return Arrays.stream(scaled).map(z -> z - normalizer).toArray();
    }

    /** Loss of a program for whole distributions, at one position. */
    static double whole(Program program, double[] teacher, double[] student, double temperature) {
        var inputs = inputs(new double[][] {student}, new int[] {0}, new boolean[] {true});
        inputs.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 1, teacher.length}, logSoftmax(teacher, temperature)));
        return loss(program, inputs);
    }

    /** Loss of a program for the k likeliest tokens and the tail, at one position. */
    static double top(Program program, int k, double[] teacher, double[] student, double temperature) {
        return loss(program, said(k, teacher, student, temperature));
    }

    /** As {@link #top}, of a program whose weights come from outside. @param ofTeacher temperature of what it says; @param to temperature from outside */
    static double weighed(Program program, int k, double[] teacher, double[] student, double ofTeacher, double teacherWeight, double labelWeight, double to) {
        var inputs = said(k, teacher, student, ofTeacher);
        inputs.put(Names.TEACHER_WEIGHT, scalar(teacherWeight));
        inputs.put(Names.LABEL_WEIGHT, scalar(labelWeight));
        inputs.put(Names.TEMPERATURE, scalar(to));
        return loss(program, inputs);
    }

    private static Value scalar(double value) {
        return new Value(new long[0], new double[] {value});
    }

    private static Map<String, Value> said(int k, double[] teacher, double[] student, double temperature) {
        double[] p = softmax(teacher, temperature);
        double[] logP = logSoftmax(teacher, temperature);
        int[] likeliest = likeliest(p, k);
        var inputs = inputs(new double[][] {student}, new int[] {0}, new boolean[] {true});
        inputs.put(Names.TEACHER_TOKENS, new Value(new long[] {1, 1, k}, Arrays.stream(likeliest).asDoubleStream().toArray()));
        inputs.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 1, k}, Arrays.stream(likeliest).mapToDouble(i -> logP[i]).toArray()));
        inputs.put(Names.TEACHER_TAIL, new Value(new long[] {1, 1}, new double[] {k == p.length ? 0 : tail(p, likeliest)}));
        return inputs;
    }

    static int[] likeliest(double[] p, int k) {
        return IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> -p[i])).limit(k).mapToInt(Integer::intValue).toArray();
    }

    /** Mass of what is not among the likeliest. */
    static double tail(double[] p, int[] likeliest) {
        return 1 - Arrays.stream(likeliest).mapToDouble(i -> p[i]).sum();
    }

    /** Logits, labels and mask of one row. */
    static Map<String, Value> inputs(double[][] students, int[] labels, boolean[] mask) {
        int time = students.length;
        var inputs = new HashMap<String, Value>();
        inputs.put(Names.LOGITS, new Value(new long[] {1, time, students[0].length},
                Arrays.stream(students).flatMapToDouble(Arrays::stream).toArray()));
        inputs.put(Names.LABELS, new Value(new long[] {1, time}, Arrays.stream(labels).asDoubleStream().toArray()));
        inputs.put(Names.MASK, new Value(new long[] {1, time}, IntStream.range(0, time).mapToDouble(i -> mask[i] ? 1 : 0).toArray()));
        return inputs;
    }

    static double loss(Program program, Map<String, Value> inputs) {
        return new Reference(program).run(inputs, NO_WEIGHTS).get(Names.LOSS).data()[0];
    }
}
