package org.encore.objectives.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.training.Guidance;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.objectives.SpanUniversalLogit;
import org.encore.objectives.UniversalLogit;
import org.encore.reference.Value;
import org.junit.jupiter.api.Test;

/** A teacher that cuts text into other tokens, in double precision; constants from outside of Encore, in forty digits. */
class SpanUniversalLogitTest {

    private static final double TOLERANCE = 1e-9;
    private static final int V = 4;
    /** The student writes the first span with two tokens, the second with one. */
    private static final double[][] STUDENT = {{3, 1.5, 0, -0.5}, {1, -1, 0.25, 2}, {0, 0.75, -0.5, 1.25}};
    private static final int[] LABELS = {1, 3, 2};
    /** The teacher has two more tokens than the student, and writes the rest of the first span with probability 0.65. */
    private static final double[][] TEACHER = {{2, 1, 0, -1, 0.5, -2}, {0, 1.5, -1, 0.25, -0.5, 1}};
    private static final double[] REST = {0.65, 1};
    private static final int[] BEGINS = {0, 2};
    private static final double AT_ONE = 0.23549905569844;
    private static final double AT_TWO = 0.29903936390764;
    private static final double[][] GRADIENTS = {{0.112163421818, -0.0825662679638, -0.0184230245936, -0.0111741292607},
            {-0.0388394865422, -0.00525635291196, -0.0183464743682, 0.0624423138224}, {0.0116550917887, 0.0246738295102, -0.077009188842, 0.0406802675431}};

    private static Program program(double temperature, double alpha) {
        return new SpanUniversalLogit().build(new UniversalLogit.Options(temperature, alpha), V);
    }

    /** What a cache has of that teacher: its V likeliest of six tokens, and the mass of the others. @param padded positions behind, with rubbish */
    private static Map<String, Value> inputs(double[][] student, double temperature, int padded) {
        int time = STUDENT.length + padded;
        double[][] rows = Arrays.copyOf(student, time);
        var labels = Arrays.copyOf(LABELS, time);
        var mask = new boolean[time];
        Arrays.fill(mask, 0, STUDENT.length, true);
        Arrays.fill(rows, STUDENT.length, time, new double[] {900, -900, 3, 0});
        var logs = new double[time * V];
        var tail = new double[time];
        Arrays.fill(tail, 0, STUDENT.length, Guidance.Top.WITHIN);
        Arrays.fill(tail, STUDENT.length, time, 0.5);
        for (int span = 0; span < TEACHER.length; span++) {
            double[] p = Teaching.softmax(TEACHER[span], temperature);
            int[] likeliest = Teaching.likeliest(p, V);
            for (int i = 0; i < V; i++) {
                logs[BEGINS[span] * V + i] = Math.log(p[likeliest[i]] * REST[span]);
            }
            tail[BEGINS[span]] = Teaching.tail(p, likeliest) * REST[span];
        }
        var inputs = Teaching.inputs(rows, labels, mask);
        inputs.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, time, V}, logs));
        inputs.put(Names.TEACHER_TAIL, new Value(new long[] {1, time}, tail));
        return inputs;
    }

    @Test
    void spansAreComparedRankByRankAndTheSmallerVocabularyLacksTheLastOnes() {
        assertThat(Teaching.loss(program(1, 1), inputs(STUDENT, 1, 0))).isCloseTo(AT_ONE, within(TOLERANCE));
        assertThat(Teaching.loss(program(2, 1), inputs(STUDENT, 2, 0)) / 4).isCloseTo(AT_TWO, within(TOLERANCE));
    }

    @Test
    void itsGradientsAreKnown() {
        double step = 1e-5;
        for (int position = 0; position < STUDENT.length; position++) {
            for (int token = 0; token < V; token++) {
                double gradient = (moved(position, token, step) - moved(position, token, -step)) / (2 * step);
                assertThat(gradient).as("by logit %d at %d", token, position).isCloseTo(GRADIENTS[position][token], within(TOLERANCE));
            }
        }
    }

    private static double moved(int position, int token, double by) {
        double[][] student = Arrays.stream(STUDENT).map(double[]::clone).toArray(double[][]::new);
        student[position][token] += by;
        return Teaching.loss(program(1, 1), inputs(student, 1, 0));
    }

    @Test
    void paddingNeverCounts() {
        assertThat(Teaching.loss(program(1, 0.6), inputs(STUDENT, 1, 2))).isEqualTo(Teaching.loss(program(1, 0.6), inputs(STUDENT, 1, 0)));
    }

    /** The labels' share is a mean over all tokens, not over spans. */
    @Test
    void labelsCountTokenByToken() {
        double crossEntropy = 0;
        for (int position = 0; position < STUDENT.length; position++) {
            crossEntropy -= Teaching.logSoftmax(STUDENT[position], 1)[LABELS[position]] / STUDENT.length;
        }
        assertThat(Teaching.loss(program(1, 0.6), inputs(STUDENT, 1, 0))).isCloseTo(0.6 * AT_ONE + 0.4 * crossEntropy, within(TOLERANCE));
        Map<String, Value> weighed = inputs(STUDENT, 1, 0);
        weighed.put(Names.TEACHER_WEIGHT, new Value(new long[0], new double[] {0.6}));
        weighed.put(Names.LABEL_WEIGHT, new Value(new long[0], new double[] {0.4}));
        assertThat(Teaching.loss(new SpanUniversalLogit().steered(new UniversalLogit.Options(1, 1), V, false).orElseThrow(), weighed))
                .isCloseTo(0.6 * AT_ONE + 0.4 * crossEntropy, within(TOLERANCE));
        assertThat(new SpanUniversalLogit().steered(new UniversalLogit.Options(1, 1), V, true)).as("a product over tokens has no other temperature").isEmpty();
    }

    @Test
    void whereEverySpanIsOneTokenOfBothItIsThePlainDistanceOfRanks() {
        var random = new Random(5);
        for (int i = 0; i < 30; i++) {
            double[] p = random.doubles(V, -6, 6).toArray();
            double[] q = random.doubles(V, -6, 6).toArray();
            for (int k : List.of(2, V)) {
                double plain = Teaching.top(new UniversalLogit().build(new UniversalLogit.Options(1, 1), V), k, p, q, 1);
                assertThat(Teaching.top(program(1, 1), k, p, q, 1)).isCloseTo(plain, within(1e-12));
            }
            assertThat(Teaching.whole(new SpanUniversalLogit().build(new UniversalLogit.Options(1, 1), V, SpanUniversalLogit.Form.WHOLE), p, q, 1))
                    .isCloseTo(Teaching.whole(new UniversalLogit().build(new UniversalLogit.Options(1, 1), V, SpanUniversalLogit.Form.WHOLE), p, q, 1), within(1e-12));
        }
    }

    /** A teacher that says of each span what the student does is at no distance, however many tokens each writes; none is farther than 2; a constant added to logits changes nothing. */
    @Test
    void equalSpansAreNotApartAndNoneFartherThanTwo() {
        var random = new Random(6);
        for (int i = 0; i < 30; i++) {
            var student = new double[STUDENT.length][];
            Arrays.setAll(student, position -> random.doubles(V, -4, 4).toArray());
            double rest = Teaching.softmax(student[1], 1)[LABELS[1]];
            Map<String, Value> same = inputs(student, 1, 0);
            var logs = new double[3 * V];
            for (int span = 0; span < BEGINS.length; span++) {
                double[] sorted = Arrays.stream(Teaching.softmax(student[BEGINS[span]], 1)).map(p -> -p).sorted().map(p -> -p).toArray();
                for (int rank = 0; rank < V; rank++) {
                    logs[BEGINS[span] * V + rank] = Math.log(sorted[rank] * (span == 0 ? rest : 1));
                }
            }
            same.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 3, V}, logs));
            same.put(Names.TEACHER_TAIL, new Value(new long[] {1, 3}, new double[] {0, Guidance.Top.WITHIN, 0}));
            assertThat(Teaching.loss(program(1, 1), same)).isCloseTo(0, within(1e-12));
            double apart = Teaching.loss(program(1, 1), inputs(student, 1, 0));
            assertThat(apart).isBetween(0.0, 2.0);
            double[][] shifted = Arrays.stream(student).map(row -> Arrays.stream(row).map(z -> z + 7).toArray()).toArray(double[][]::new);
            assertThat(Teaching.loss(program(1, 1), inputs(shifted, 1, 0))).isCloseTo(apart, within(1e-12));
        }
    }
}
