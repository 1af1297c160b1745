package org.encore.objectives.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.Function;

import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.junit.jupiter.api.Test;

/** Cross-entropy as the reference computes it, against values by hand. */
class TokenCrossEntropyTest {

    private static final double TOLERANCE = 1e-12;
    /** Probabilities 1/2, 1/4, 1/4 and 1/8, 1/8, 3/4, shifted by constants that must not matter. */
    private static final double[] LOGITS = {Math.log(0.5) + 3, Math.log(0.25) + 3, Math.log(0.25) + 3, Math.log(0.125) - 40, Math.log(0.125) - 40,
            Math.log(0.75) - 40};

    private static double loss(double smoothing, double[] mask) {
        Program program = new TokenCrossEntropy().build(new TokenCrossEntropy.Options(smoothing), 3);
        var inputs = Map.of(Names.LOGITS, new Value(new long[] {1, 2, 3}, LOGITS), Names.LABELS, new Value(new long[] {1, 2}, new double[] {0, 2}),
                Names.MASK, new Value(new long[] {1, 2}, mask));
        Function<Parameter, Value> none = parameter -> {
            throw new AssertionError("an objective has no parameters, not " + parameter.name());
        };
        return new Reference(program).run(inputs, none).get(Names.LOSS).data()[0];
    }

    @Test
    void theLossIsTheMeanNegativeLogProbabilityOfTheLabels() {
        assertThat(loss(0, new double[] {1, 1})).isCloseTo((Math.log(2) - Math.log(0.75)) / 2, within(TOLERANCE));
    }

    @Test
    void maskedPositionsDoNotCount() {
        assertThat(loss(0, new double[] {1, 0})).isCloseTo(Math.log(2), within(TOLERANCE));
        assertThat(loss(0, new double[] {0, 1})).isCloseTo(-Math.log(0.75), within(TOLERANCE));
    }

    @Test
    void smoothingSpreadsItsShareOverTheWholeVocabulary() {
        double uniform = -(Math.log(0.5) + 2 * Math.log(0.25)) / 3;
        assertThat(loss(0.1, new double[] {1, 0})).isCloseTo(0.9 * Math.log(2) + 0.1 * uniform, within(TOLERANCE));
    }

    @Test
    void theProgramSaysWhatItReads() {
        Program program = new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0), 3);
        assertThat(program.outputs()).containsOnlyKeys(Names.LOSS);
        assertThat(program.outputs().get(Names.LOSS).shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void smoothingThatIsNoShareIsRefused() {
        for (double smoothing : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> new TokenCrossEntropy.Options(smoothing))
                    .hasMessage("smoothing " + smoothing + " is no share; give 0 <= smoothing < 1");
        }
    }
}
