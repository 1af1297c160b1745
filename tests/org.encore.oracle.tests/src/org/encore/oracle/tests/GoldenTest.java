package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.testing.Inputs;
import org.encore.testing.Joined;
import org.encore.torch.TorchProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values computed outside Encore, so that a mistake in the graph itself, which all interpreters share, is seen. */
class GoldenTest {

    static List<Golden> all() {
        return Golden.all();
    }

    private static Program toLoss(Golden golden) {
        return Joined.of(golden.model().train(), new TokenCrossEntropy().build(new TokenCrossEntropy.Options(Golden.SMOOTHING), Inputs.VOCABULARY));
    }

    @ParameterizedTest
    @MethodSource("all")
    void parametersHaveTheNamesAndShapesOfTheScript(Golden golden) {
        var shapes = new HashMap<String, List<Long>>();
        golden.parameters().forEach(p -> shapes.put(p.name(), java.util.Arrays.stream(p.shape().evaluate(Map.of())).boxed().toList()));
        var expected = new HashMap<String, List<Long>>();
        golden.shapes().forEach((name, shape) -> expected.put(name, java.util.Arrays.stream(shape).boxed().toList()));
        assertThat(shapes).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theReferenceGivesTheScriptsLogits(Golden golden) {
        assertThat(golden.error(new Reference(golden.model().train()).run(golden.inputs(), golden.weights()).get(Names.LOGITS))).isLessThan(1e-12);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theReferenceGivesTheScriptsLossAndGradients(Golden golden) {
        var reference = new Reference(toLoss(golden));
        assertThat(reference.run(golden.inputs(), golden.weights()).get(Names.LOSS).data()[0]).isCloseTo(golden.loss(), within(1e-12));
        golden.gradients().forEach((element, expected) -> {
            String name = element.substring(0, element.indexOf('['));
            int index = Integer.parseInt(element.substring(element.indexOf('[') + 1, element.length() - 1));
            assertThat(reference.derivative(Names.LOSS, golden.inputs(), golden.weights(), name, index, 1e-5)).as(element).isCloseTo(expected, within(1e-8));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void libtorchGivesTheScriptsGradients(Golden golden) {
        var tensors = new LinkedHashMap<String, Weights.Values>();
        for (Parameter parameter : golden.parameters()) {
            Value value = golden.weights().apply(parameter);
            var floats = new float[value.data().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) value.data()[i];
            }
            tensors.put(parameter.name(), new Weights.Values(value.shape(), java.nio.FloatBuffer.wrap(floats)));
        }
        try (var torch = new TorchProgram(toLoss(golden), new Weights(tensors))) {
            Map<String, TorchProgram.Array> gradients = torch.gradients(Names.LOSS, TorchAgreesTest.arrays(golden.inputs()));
            golden.gradients().forEach((element, expected) -> {
                double[] gradient = gradients.get(element.substring(0, element.indexOf('['))).data();
                int index = Integer.parseInt(element.substring(element.indexOf('[') + 1, element.length() - 1));
                assertThat(gradient[index]).as(element).isCloseTo(expected, within(2e-5));
            });
        }
    }
}
