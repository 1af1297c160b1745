package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.graph.Names;
import org.encore.graph.StateSpec;
import org.encore.onnx.OnnxProgram;
import org.encore.onnx.OrtCpu;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.tasks.decoding.Beam;
import org.encore.tasks.decoding.Greedy;
import org.encore.testing.Agreement;
import org.encore.testing.Case;
import org.encore.testing.GenerationLaws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes what the reference computes: as a program of standard operators, and as a generator with caches grown in place. */
class OnnxAgreesTest {

    private static final double TOLERANCE = 1e-4;

    static List<Case> cases() {
        return Cases.all();
    }

    private static Map<String, OnnxProgram.Array> arrays(Map<String, Value> values) {
        var arrays = new HashMap<String, OnnxProgram.Array>();
        values.forEach((name, value) -> arrays.put(name, new OnnxProgram.Array(value.shape(), value.data())));
        return arrays;
    }

    private static LoadedModel load(Case c) {
        return new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainLogitsOfStandardOperatorsAgree(Case c) {
        Value expected = new Reference(c.model().train()).run(c.inputs().train(), Reference.values(c.weights())).get(Names.LOGITS);
        try (var onnx = new OnnxProgram(c.model().train(), c.weights())) {
            double[] actual = onnx.run(arrays(c.inputs().train())).get(Names.LOGITS).data();
            assertThat(Agreement.error(actual, expected, c.inputs().targetLengths())).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aBatchOfMixedLengthsGeneratesTheTrainLogits(Case c) {
        holds(c, GenerationLaws::generationGivesTheTrainLogits);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void greedyAndBeamChooseTheReferencesTokens(Case c) {
        var limits = new Limits(2, 6);
        var beam = new Beam.Options(3, 1);
        int[][] sources = c.inputs().sources();
        try (LoadedModel model = load(c); Generator generator = model.generator(3 * sources.length, 40);
                Generator reference = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()).generator(3 * sources.length, 40)) {
            assertThat(new Greedy().decode(new Greedy.Options(), generator, sources, limits).stream().map(Arrays::toString))
                    .containsExactlyElementsOf(new Greedy().decode(new Greedy.Options(), reference, sources, limits).stream().map(Arrays::toString).toList());
            assertThat(new Beam().decode(beam, generator, sources, limits).stream().map(Arrays::toString))
                    .containsExactlyElementsOf(new Beam().decode(beam, reference, sources, limits).stream().map(Arrays::toString).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anotherSourceFindsNoTraceOfTheOneBefore(Case c) {
        holds(c, GenerationLaws::anotherSourceFindsNoTraceOfTheOneBefore);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsGoOnInAnotherOrderAndMoreThanOnce(Case c) {
        holds(c, GenerationLaws::rowsGoOnInAnotherOrderAndMoreThanOnce);
    }

    private static void holds(Case c, Consumer<GenerationLaws> law) {
        try (LoadedModel model = load(c)) {
            law.accept(new GenerationLaws(c, model, TOLERANCE));
        }
    }

    static List<Case> withoutRecurrentState() {
        return cases().stream().filter(c -> c.model().state().stream().noneMatch(state -> state.role() == StateSpec.Role.RECURRENT)).toList();
    }

    @ParameterizedTest
    @MethodSource("withoutRecurrentState")
    void tokensTakenBackLeaveNoTrace(Case c) {
        int[][] sources = c.inputs().sources();
        int[] one = new int[sources.length];
        int[] two = new int[sources.length];
        Arrays.fill(one, 5);
        Arrays.fill(two, 7);
        try (LoadedModel model = load(c); Generator generator = model.generator(sources.length, 40)) {
            generator.start(sources);
            float[] straight = copy(generator.next(two));
            generator.start(sources);
            generator.next(one);
            generator.next(one);
            generator.rewind(2);
            assertThat(copy(generator.next(two))).containsExactly(straight, org.assertj.core.api.Assertions.within(1e-4f));
        }
    }

    private static float[] copy(Logits logits) {
        var copy = new float[logits.rows() * logits.vocabulary()];
        logits.values().get(0, copy);
        return copy;
    }
}
