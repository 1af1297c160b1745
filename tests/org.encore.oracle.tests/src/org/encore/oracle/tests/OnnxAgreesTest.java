package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.graph.Names;
import org.encore.graph.StateSpec;
import org.encore.onnx.OnnxProgram;
import org.encore.onnx.OrtCpu;
import org.encore.oracle.tests.Cases.Case;
import org.encore.oracle.tests.Cases.Inputs;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.tasks.decoding.Beam;
import org.encore.tasks.decoding.Greedy;
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
        Inputs in = c.inputs();
        Value train = new Reference(c.model().train()).run(in.train(), Reference.values(c.weights())).get(Names.LOGITS);
        double largest = Arrays.stream(train.data()).map(Math::abs).max().orElseThrow();
        try (LoadedModel model = load(c); Generator generator = model.generator(in.rows(), 40)) {
            Logits logits = generator.start(in.sources());
            for (int t = 0; t < in.targetTime(); t++) {
                for (int row = 0; row < in.rows(); row++) {
                    for (int v = 0; t < in.targetLengths()[row] && v < Cases.VOCABULARY; v++) {
                        double expected = train.data()[(row * in.targetTime() + t) * Cases.VOCABULARY + v];
                        assertThat(Math.abs(logits.get(row, v) - expected)).as("row %d, position %d", row, t).isLessThan(TOLERANCE * largest);
                    }
                }
                if (t + 1 < in.targetTime()) {
                    int next = t + 1;
                    int[] tokens = new int[in.rows()];
                    Arrays.setAll(tokens, row -> (int) in.target()[row * in.targetTime() + next]);
                    logits = generator.next(tokens);
                }
            }
        }
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
        int[][] sources = c.inputs().sources();
        int[] tokens = new int[sources.length];
        Arrays.fill(tokens, 5);
        try (LoadedModel model = load(c); Generator generator = model.generator(sources.length, 40)) {
            float[] first = copy(generator.start(sources));
            float[] second = copy(generator.next(tokens));
            generator.next(tokens);
            assertThat(copy(generator.start(sources))).containsExactly(first);
            assertThat(copy(generator.next(tokens))).containsExactly(second);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsGoOnInAnotherOrderAndMoreThanOnce(Case c) {
        int[][] sources = {{3, 4, 5}, {6, 7}};
        int[] chosen = {1, 0, 1, 1};
        try (LoadedModel model = load(c); Generator generator = model.generator(4, 40);
                Generator reference = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()).generator(4, 40)) {
            for (Generator each : List.of(generator, reference)) {
                each.start(sources);
                each.next(new int[] {8, 9});
                each.select(chosen);
                each.next(new int[] {5, 6, 7, 8});
                each.select(new int[] {3, 1});
            }
            float[] expected = copy(reference.next(new int[] {4, 5}));
            assertThat(Agreement.error(doubles(copy(generator.next(new int[] {4, 5}))), doubles(expected))).isLessThan(TOLERANCE);
        }
    }

    private static double[] doubles(float[] floats) {
        var doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
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
