package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.testing.Agreement;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.encore.testing.Joined;
import org.encore.torch.TorchProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** libtorch computes what the reference computes, forwards and backwards. */
class TorchAgreesTest {

    private static final double TOLERANCE = 1e-4;

    static List<Case> cases() {
        return Cases.all();
    }

    static Map<String, TorchProgram.Array> arrays(Map<String, Value> values) {
        var arrays = new HashMap<String, TorchProgram.Array>();
        values.forEach((name, value) -> arrays.put(name, new TorchProgram.Array(value.shape(), value.data())));
        return arrays;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsAgree(Case c) {
        Value expected = new Reference(c.model().train()).run(c.inputs().train(), Reference.values(c.weights())).get(Names.LOGITS);
        try (var torch = new TorchProgram(c.model().train(), c.weights())) {
            double[] actual = torch.run(arrays(c.inputs().train())).get(Names.LOGITS).data();
            assertThat(Agreement.error(actual, expected, c.inputs().targetLengths())).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void prefillAgreesWithEveryState(Case c) {
        Map<String, Value> expected = new Reference(c.model().prefill()).run(c.inputs().prefill(), Reference.values(c.weights()));
        try (var torch = new TorchProgram(c.model().prefill().only(name -> name.equals(Names.LOGITS)), c.weights())) {
            double[] actual = torch.run(arrays(c.inputs().prefill())).get(Names.LOGITS).data();
            assertThat(Agreement.error(actual, expected.get(Names.LOGITS).data())).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithFiniteDifferences(Case c) {
        var joined = Joined.of(c.model().train(), new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0.1), Inputs.VOCABULARY));
        var inputs = Joined.inputs(c.inputs());
        var reference = new Reference(joined);
        var random = new Random(5);
        try (var torch = new TorchProgram(joined, c.weights())) {
            Map<String, TorchProgram.Array> gradients = torch.gradients(Names.LOSS, arrays(inputs));
            for (Parameter parameter : c.model().train().parameters()) {
                double[] gradient = gradients.get(parameter.name()).data();
                double largest = java.util.Arrays.stream(gradient).map(Math::abs).max().orElse(0);
                int element = random.nextInt(gradient.length);
                double expected = reference.derivative(Names.LOSS, inputs, Reference.values(c.weights()), parameter.name(), element, 1e-5);
                assertThat(Math.abs(gradient[element] - expected)).as("%s[%d]: %s against %s", parameter.name(), element, gradient[element], expected)
                        .isLessThan(1e-4 * Math.max(largest, 0.1));
            }
        }
    }
}
