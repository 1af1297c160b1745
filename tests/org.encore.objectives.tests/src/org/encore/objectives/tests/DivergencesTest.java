package org.encore.objectives.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.encore.objectives.tests.Teaching.STUDENT;
import static org.encore.objectives.tests.Teaching.TEACHER;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.objectives.ForwardKl;
import org.encore.objectives.JensenShannon;
import org.encore.objectives.PaperMixture;
import org.encore.objectives.ReverseKl;
import org.encore.objectives.SkewKl;
import org.encore.objectives.SkewReverseKl;
import org.encore.objectives.Skewed;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.objectives.TotalVariation;
import org.encore.objectives.UniversalLogit;
import org.encore.objectives.Weighted;
import org.encore.reference.Value;
import org.junit.jupiter.api.Test;

/** Divergences in double precision, against constants computed outside of Encore, and what must hold for each. */
class DivergencesTest {

    private static final double TOLERANCE = 1e-9;
    private static final int V = 4;

    /** One divergence: programs for both forms of a teacher's distribution by temperature, and its constants without the factor T^2. */
    private record Case(String name, DoubleFunction<Program> whole, DoubleFunction<Program> top, double atOne, double atTwo) {}

    private static Case forward() {
        var objective = new ForwardKl();
        return new Case("forward-kl", t -> objective.build(new Weighted(t, 1), V, ForwardKl.Form.WHOLE),
                t -> objective.build(new Weighted(t, 1), V), 0.4372173705, 0.1043383433);
    }

    private static Case reverse() {
        var objective = new ReverseKl();
        return new Case("reverse-kl", t -> objective.build(new Weighted(t, 1), V, ReverseKl.Form.WHOLE),
                t -> objective.build(new Weighted(t, 1), V), 0.4033636758, 0.0964133265);
    }

    private static Case jsd(double beta, double atOne, double atTwo) {
        var objective = new JensenShannon();
        return new Case("jsd " + beta, t -> objective.build(new JensenShannon.Options(t, 1, beta), V, JensenShannon.Form.WHOLE),
                t -> objective.build(new JensenShannon.Options(t, 1, beta), V), atOne, atTwo);
    }

    private static Case skew() {
        var objective = new SkewKl();
        return new Case("skew-kl", t -> objective.build(new Skewed(t, 1, 0.1), V, SkewKl.Form.WHOLE),
                t -> objective.build(new Skewed(t, 1, 0.1), V), 0.3379263550, 0.0825152289);
    }

    private static Case skewReverse() {
        var objective = new SkewReverseKl();
        return new Case("skew-reverse-kl", t -> objective.build(new Skewed(t, 1, 0.1), V, SkewReverseKl.Form.WHOLE),
                t -> objective.build(new Skewed(t, 1, 0.1), V), 0.3232402994, 0.0787758325);
    }

    private static Case variation() {
        var objective = new TotalVariation();
        return new Case("total-variation", t -> objective.build(new Weighted(t, 1), V, TotalVariation.Form.WHOLE),
                t -> objective.build(new Weighted(t, 1), V), 0.4308169556, 0.2071645629);
    }

    private static Case ranks() {
        var objective = new UniversalLogit();
        return new Case("uld", t -> objective.build(new UniversalLogit.Options(t, 1), V, UniversalLogit.Form.WHOLE),
                t -> objective.build(new UniversalLogit.Options(t, 1), V), 0.1768824875, 0.1489358685);
    }

    private static List<Case> all() {
        return List.of(forward(), reverse(), jsd(0.1, 0.0383924036, 0.0092763118), jsd(0.5, 0.1008073367, 0.0247993611),
                jsd(0.9, 0.0360790074, 0.0087133876), skew(), skewReverse(), variation(), ranks());
    }

    @Test
    void theyHaveTheirKnownValues() {
        // the constants have ten decimals: half of the last one is allowed beside the tolerance
        for (Case c : all()) {
            assertThat(Teaching.whole(c.whole().apply(1), TEACHER, STUDENT, 1)).as(c.name()).isCloseTo(c.atOne(), within(TOLERANCE));
            assertThat(Teaching.whole(c.whole().apply(2), TEACHER, STUDENT, 2) / 4).as(c.name()).isCloseTo(c.atTwo(), within(TOLERANCE));
        }
    }

    @Test
    void theTopOfTheWholeVocabularyGivesTheSame() {
        for (Case c : all()) {
            assertThat(Teaching.top(c.top().apply(1), V, TEACHER, STUDENT, 1)).as(c.name()).isCloseTo(c.atOne(), within(TOLERANCE));
            assertThat(Teaching.top(c.top().apply(2), V, TEACHER, STUDENT, 2) / 4).as(c.name()).isCloseTo(c.atTwo(), within(TOLERANCE));
        }
    }

    @Test
    void theGradientsOfBothKlAreThePublishedOnes() {
        assertGradient(forward(), 1, -.43081696, .34237571, .04210573, .04633551);
        assertGradient(reverse(), 1, -.32160227, .28431146, -.00118656, .03847737);
        // dL/dz = (q - p)/T, times T^2
        assertGradient(forward(), 2, 4 * -.10358228, 4 * .06634831, 4 * .01282579, 4 * .02440818);
        assertGradient(reverse(), 2, 4 * -.08723810, 4 * .06051918, 4 * .00445515, 4 * .02226376);
    }

    private static void assertGradient(Case c, double temperature, double... expected) {
        double[] gradient = gradient(student -> Teaching.whole(c.whole().apply(temperature), TEACHER, student, temperature), STUDENT);
        for (int i = 0; i < expected.length; i++) {
            // eight decimals are known, times 4
            assertThat(gradient[i]).as("%s by logit %d", c.name(), i).isCloseTo(expected[i], within(3e-8));
        }
    }

    /** Central differences. */
    private static double[] gradient(ToDoubleFunction<double[]> loss, double[] at) {
        double step = 1e-5;
        var gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += step;
            down[i] -= step;
            gradient[i] = (loss.applyAsDouble(up) - loss.applyAsDouble(down)) / (2 * step);
        }
        return gradient;
    }

    @Test
    void equalDistributionsAreNotApartAndAConstantAddedToAllLogitsChangesNothing() {
        double[] shifted = Arrays.stream(TEACHER).map(z -> z + 7).toArray();
        for (Case c : all()) {
            assertThat(Teaching.whole(c.whole().apply(1), TEACHER, shifted, 1)).as(c.name()).isCloseTo(0, within(1e-12));
            assertThat(Teaching.top(c.top().apply(1), 2, TEACHER, shifted, 1)).as(c.name()).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void disjointDistributionsStayWithinTheirBounds() {
        double[] one = {60, 0, 0, 0};
        double[] other = {0, 0, 0, 60};
        assertThat(apart(skew(), one, other)).isCloseTo(Math.log(10), within(1e-9));
        assertThat(apart(skewReverse(), one, other)).isCloseTo(Math.log(10), within(1e-9));
        assertThat(apart(jsd(0.5, 0, 0), one, other)).isCloseTo(Math.log(2), within(1e-9));
        assertThat(apart(jsd(0.1, 0, 0), one, other)).isCloseTo(-0.1 * Math.log(0.1) - 0.9 * Math.log(0.9), within(1e-9));
        assertThat(apart(variation(), one, other)).isCloseTo(1, within(1e-9));
        // a hopeless student: nothing overflows, and the gradient is there
        double[] hopeless = {0, 0, 0, 800};
        for (Case c : all()) {
            assertThat(apart(c, one, hopeless)).as(c.name()).isFinite();
            assertThat(Teaching.top(c.top().apply(1), 2, one, hopeless, 1)).as(c.name()).isFinite();
        }
    }

    private static double apart(Case c, double[] teacher, double[] student) {
        return Teaching.whole(c.whole().apply(1), teacher, student, 1);
    }

    @Test
    void inequalitiesHoldForAnyTwoDistributions() {
        var random = new Random(4);
        for (int i = 0; i < 50; i++) {
            double[] p = random.doubles(V, -6, 6).toArray();
            double[] q = random.doubles(V, -6, 6).toArray();
            double variation = apart(variation(), p, q);
            assertThat(variation).isBetween(0.0, 1.0).isLessThanOrEqualTo(Math.sqrt(apart(forward(), p, q) / 2) + 1e-12);
            assertThat(apart(skew(), p, q)).isBetween(0.0, Math.log(10));
            assertThat(apart(skewReverse(), p, q)).isBetween(0.0, Math.log(10));
            assertThat(apart(jsd(0.5, 0, 0), p, q)).isBetween(0.0, Math.log(2));
            assertThat(apart(jsd(0.3, 0, 0), p, q)).isCloseTo(apart(jsd(0.7, 0, 0), q, p), within(1e-12));
        }
    }

    /** The paper's distance does not know what tokens are called, and takes a vocabulary of another size for one with tokens that nobody says. */
    @Test
    void ranksOfAnyTwoVocabulariesAreCompared() {
        var random = new Random(11);
        for (int i = 0; i < 50; i++) {
            double[] p = random.doubles(V, -6, 6).toArray();
            double[] q = random.doubles(V, -6, 6).toArray();
            double distance = apart(ranks(), p, q);
            assertThat(distance).isBetween(0.0, 2.0).isLessThanOrEqualTo(2 * apart(variation(), p, q) + 1e-12);
            assertThat(apart(ranks(), new double[] {p[2], p[0], p[3], p[1]}, q)).isCloseTo(distance, within(1e-12));
            assertThat(apart(ranks(), p, new double[] {q[3], q[2], q[1], q[0]})).isCloseTo(distance, within(1e-12));
            assertThat(distance - Teaching.top(ranks().top().apply(1), 2, p, q, 1)).as("what the tail loses").isBetween(-1e-6, 2.0);
        }
        Program three = new UniversalLogit().build(new UniversalLogit.Options(1, 1), 3);
        assertThat(Teaching.top(three, 3, TEACHER, Arrays.copyOf(STUDENT, 3), 1)).isCloseTo(0.1062001288, within(TOLERANCE));
        assertThat(Teaching.top(new UniversalLogit().build(new UniversalLogit.Options(2, 1), 3), 3, TEACHER, Arrays.copyOf(STUDENT, 3), 2) / 4)
                .isCloseTo(0.2030726482, within(TOLERANCE));
    }

    /** What the class of the divergences states of the likeliest tokens and the tail. */
    @Test
    void theTailLosesNoMoreThanIsStated() {
        var random = new Random(9);
        for (int i = 0; i < 50; i++) {
            double[] teacher = random.doubles(V, -3, 3).toArray();
            double[] student = random.doubles(V, -3, 3).toArray();
            double[] p = Teaching.softmax(teacher, 1);
            double[] q = Teaching.softmax(student, 1);
            int[] kept = Teaching.likeliest(p, 2);
            double tailOfP = Teaching.tail(p, kept);
            double tailOfQ = Teaching.tail(q, kept);
            double ofP = 0;
            double ofQ = 0;
            for (int token = 0; token < V; token++) {
                if (token != kept[0] && token != kept[1]) {
                    ofP += p[token] / tailOfP * Math.log(p[token] / tailOfP / (q[token] / tailOfQ));
                    ofQ += q[token] / tailOfQ * Math.log(q[token] / tailOfQ / (p[token] / tailOfP));
                }
            }
            assertThat(lost(forward(), teacher, student)).isCloseTo(tailOfP * ofP, within(1e-9));
            assertThat(lost(reverse(), teacher, student)).isCloseTo(tailOfQ * ofQ, within(1e-9));
            assertThat(lost(variation(), teacher, student)).isBetween(-1e-12, Math.min(tailOfP, tailOfQ));
            assertThat(lost(skew(), teacher, student)).isBetween(-1e-12, tailOfP * Math.log(1 + 9 * tailOfQ / tailOfP));
            assertThat(lost(skewReverse(), teacher, student)).isBetween(-1e-12, tailOfQ * Math.log(1 + 9 * tailOfP / tailOfQ));
            assertThat(lost(jsd(0.5, 0, 0), teacher, student)).isBetween(-1e-12, (tailOfP + tailOfQ) / 2 * Math.log(2));
            double[] whole = gradient(s -> apart(forward(), teacher, s), student);
            double[] top = gradient(s -> Teaching.top(forward().top().apply(1), 2, teacher, s, 1), student);
            double changed = 0;
            for (int token = 0; token < V; token++) {
                changed += Math.abs(whole[token] - top[token]);
            }
            assertThat(changed).isLessThanOrEqualTo(2 * tailOfP + 1e-8);
        }
    }

    private static double lost(Case c, double[] teacher, double[] student) {
        return apart(c, teacher, student) - Teaching.top(c.top().apply(1), 2, teacher, student, 1);
    }

    /** The released code of the paper averages over padding too; here nothing that stands there matters, however wild. */
    @Test
    void paddingNeverCounts() {
        Program program = new PaperMixture().build(new PaperMixture.Options(1, 0.9), V, PaperMixture.Form.WHOLE);
        var short1 = Teaching.inputs(new double[][] {STUDENT}, new int[] {1}, new boolean[] {true});
        short1.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 1, V}, Teaching.logSoftmax(TEACHER, 1)));
        var padded = Teaching.inputs(new double[][] {STUDENT, {900, -900, 3, 0}}, new int[] {1, 0}, new boolean[] {true, false});
        double[] withRubbish = Arrays.copyOf(Teaching.logSoftmax(TEACHER, 1), 2 * V);
        Arrays.fill(withRubbish, V, 2 * V, -5000);
        padded.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 2, V}, withRubbish));
        assertThat(Teaching.loss(program, padded)).isEqualTo(Teaching.loss(program, short1));
    }

    @Test
    void thePapersMixtureIsNinePartsTeacherAndOnePartLabel() {
        Program program = new PaperMixture().build(new PaperMixture.Options(1, 0.9), V, PaperMixture.Form.WHOLE);
        Map<String, Value> inputs = Teaching.inputs(new double[][] {STUDENT}, new int[] {1}, new boolean[] {true});
        inputs.put(Names.TEACHER_LOG_PROBABILITIES, new Value(new long[] {1, 1, V}, Teaching.logSoftmax(TEACHER, 1)));
        double crossEntropy = -Teaching.logSoftmax(STUDENT, 1)[1];
        assertThat(Teaching.loss(program, inputs)).isCloseTo(0.9 * 0.4372173705 + 0.1 * crossEntropy, within(TOLERANCE));
    }

    /** Weighed from outside as it would weigh itself it is the same loss; and other weights, another temperature, are those of other options. */
    @Test
    void weightsAndTemperatureFromOutsideAreThoseOfTheOptions() {
        var objective = new SkewKl();
        for (double temperature : new double[] {1, 2}) {
            for (double alpha : new double[] {0.3, 1}) {
                double own = Teaching.top(objective.build(new Skewed(temperature, alpha, 0.1), V), V, TEACHER, STUDENT, temperature);
                Program steered = objective.steered(new Skewed(temperature, 0.7, 0.1), V, false).orElseThrow();
                assertThat(Teaching.weighed(steered, V, TEACHER, STUDENT, temperature, alpha, 1 - alpha, 1)).isCloseTo(own, within(1e-9));
                // the teacher is at 1, and the graph brings it to the temperature
                Program tempered = objective.steered(new Skewed(5, 0.7, 0.1), V, true).orElseThrow();
                assertThat(Teaching.weighed(tempered, V, TEACHER, STUDENT, 1, alpha, 1 - alpha, temperature)).isCloseTo(own, within(1e-9));
            }
        }
        assertThat(objective.teacherShare(new Skewed(1, 0.7, 0.1))).isEqualTo(0.7);
        assertThat(new TokenCrossEntropy().steered(new TokenCrossEntropy.Options(0), V, false)).isEmpty();
    }

    @Test
    void anObjectiveSaysAtWhichTemperatureItWantsTheTeacher() {
        assertThat(new SkewKl().teacherTemperature(new Skewed(2, 1, 0.1))).hasValue(2);
        assertThat(new TokenCrossEntropy().teacherTemperature(new TokenCrossEntropy.Options(0))).isEmpty();
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new Weighted(0, 1)).hasMessage("temperature 0.0 must be above 0 and at most 100");
        assertThatThrownBy(() -> new Weighted(1, 0))
                .hasMessage("alpha 0.0 must be above 0 and at most 1; without a teacher use cross-entropy");
        assertThatThrownBy(() -> new JensenShannon.Options(1, 1, 0))
                .hasMessage("beta 0.0 must be above 0 and below 1; at the ends JSD is 0. Use forward-kl or reverse-kl");
        assertThatThrownBy(() -> new Skewed(1, 1, 1)).hasMessage("skew 1.0 must be above 0 and below 1");
    }
}
