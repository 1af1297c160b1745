package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.inference.Backend;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.weights.Weights;
import org.encore.cost.Cost;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.StateSpec;
import org.encore.graph.Tensor;
import org.encore.graph.op.LinearRecurrence;
import org.encore.graph.text.ModelText;
import org.encore.graph.text.ProgramText;
import org.encore.onnx.OnnxExporter;
import org.encore.onnx.OnnxProgram;
import org.encore.onnx.OrtCpu;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.testing.Agreement;
import org.encore.testing.Case;
import org.encore.torch.TorchProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that every token replaces: what it costs, how it leaves Encore, and that nothing overflows on the way. */
class RecurrentStateTest {

    private static final Block BLOCK = new Block(12, 2, 1, 8, Block.Mlp.SWIGLU, 2, false, true, 10000, false, 0);
    private static final int LAYERS = 2;

    private static final Parameter ONES = new Parameter("ones", Shape.of(3L), new Initializer.Constant(1));

    private static Case of(Recurrent form) {
        return Case.of(form.name(), form.build(LAYERS, BLOCK), new Random(7));
    }

    @Test
    void itIsComputedAsIfTokenByTokenHoweverMuchIsForgotten() {
        int time = 300;
        int width = 3;
        var random = new Random(3);
        Value logKeep = Value.zeros(1, time, width);
        Value add = Value.zeros(1, time, width);
        Value start = Value.zeros(1, width);
        for (int i = 0; i < time * width; i++) {
            double[] logarithms = {0, -1e-6, -0.3, -5, -1e5, Double.NEGATIVE_INFINITY};
            logKeep.data()[i] = i % width == 0 ? -0.01 : logarithms[random.nextInt(logarithms.length)];
            add.data()[i] = random.nextGaussian();
        }
        start.data()[0] = 2;
        var expected = new double[time * width];
        for (int i = 0; i < expected.length; i++) {
            double before = i < width ? start.data()[i] : expected[i - width];
            expected[i] = Math.exp(logKeep.data()[i]) * before + add.data()[i];
        }
        var inputs = Map.of("logKeep", logKeep, "add", add, "start", start);
        assertThat(new Reference(recurrence()).run(inputs, p -> new Value(new long[] {width}, new double[] {1, 1, 1})).get("h").data()).containsExactly(expected, within(1e-12));
        var ones = new Weights(Map.of(ONES.name(), new Weights.Values(new long[] {width}, FloatBuffer.wrap(new float[] {1, 1, 1}))));
        try (var torch = new TorchProgram(recurrence(), ones); var onnx = new OnnxProgram(recurrence(), ones)) {
            assertThat(Agreement.error(torch.run(TorchAgreesTest.arrays(inputs)).get("h").data(), expected)).isLessThan(1e-3);
            var arrays = new HashMap<String, OnnxProgram.Array>();
            inputs.forEach((name, value) -> arrays.put(name, new OnnxProgram.Array(value.shape(), value.data())));
            assertThat(Agreement.error(onnx.run(arrays).get("h").data(), expected)).isLessThan(1e-3);
        }
    }

    private static Program recurrence() {
        var graph = new Graph("recurrence");
        Shape rows = Shape.of(Dim.symbol("B"), Dim.symbol("T"), Dim.of(3));
        Tensor add = graph.input("add", DType.FLOAT, rows).times(graph.weight(ONES));
        return graph.finish(Map.of("h", graph.apply(new LinearRecurrence(), graph.input("logKeep", DType.FLOAT, rows), add,
                graph.input("start", DType.FLOAT, rows.without(1)))));
    }

    @Test
    void itsMemoryDoesNotGrowWithTheText() {
        Case c = of(Recurrent.FROM_THE_SOURCE);
        assertThat(c.model().state()).hasSize(LAYERS).allMatch(state -> state.role() == StateSpec.Role.RECURRENT);
        long state = 4L * LAYERS * BLOCK.width();
        assertThat(Cost.kvBytes(c.model(), 10, 10)).isEqualTo(state).isEqualTo(Cost.kvBytes(c.model(), 1000, 1000));
        try (LoadedModel model = new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1))) {
            assertThat(model.stateBytes(3, 10)).as("a buffer that is read and one that is written").isEqualTo(2 * 3 * state).isEqualTo(model.stateBytes(3, 1000));
        }
    }

    @Test
    void itCannotBeTakenBackAndSaysSo() {
        Case c = of(Recurrent.BESIDE_A_CACHE);
        for (Backend<?> backend : List.of(new OrtCpu(), new ReferenceBackend())) {
            try (LoadedModel model = load(backend, c); Generator generator = model.generator(1, 20)) {
                generator.start(new int[][] {{3, 4}});
                assertThatThrownBy(() -> generator.rewind(1)).isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage("recurrent has a recurrent state, which cannot be taken back");
            }
        }
    }

    private static <O extends Record> LoadedModel load(Backend<O> backend, Case c) {
        O options = backend.optionsType().cast(backend instanceof OrtCpu ? new OrtCpu.Options(1) : new ReferenceBackend.Options());
        return backend.load(c.model(), c.weights(), options);
    }

    @Test
    void itIsExportedAndNamedInTheDescription(@TempDir Path folder) throws Exception {
        Case c = of(Recurrent.FROM_THE_SOURCE);
        new OnnxExporter().export(c.model(), c.weights(), folder, new OnnxExporter.Options(0, 0, 0));
        assertThat(folder.resolve("step.onnx")).exists();
        assertThat(Files.readString(folder.resolve("model.json"))).contains("\"past.decoder.1.memory.h\"")
                .contains("decoder.1.memory.h: replaced by every step");
    }

    @Test
    void aModelThatHasItReadsBackFromItsText() {
        Case c = of(Recurrent.ATTENDING);
        String text = ModelText.print(c.model());
        assertThat(ModelText.print(new ModelText(new ProgramText(List.of())).parse(text))).isEqualTo(text);
    }

    @Test
    void aBodyOfAnotherSizeIsRefusedWithBothShapes() {
        assertThatThrownBy(() -> Case.build("wrong").causal(Case.build("wrong").layers("decoder", 1, BLOCK,
                (layer, x) -> layer.recurrent("memory", 5, before -> x)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the states of recurrent state decoder.0.memory.h: (B, S+T, 12), but expected (B, S+T, 5). Give the size that the body computes.");
    }
}
