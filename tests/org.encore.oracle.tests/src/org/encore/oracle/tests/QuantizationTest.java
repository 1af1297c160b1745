package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.encore.api.architecture.Block;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.quantization.Codes;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;
import org.encore.api.quantization.Storage.Activations;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.graph.DType;
import org.encore.graph.Graph;
import org.encore.graph.Initializer;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Primitive;
import org.encore.onnx.OnnxProgram;
import org.encore.onnx.OnnxProgram.Array;
import org.encore.onnx.OrtCpu;
import org.encore.onnx.Serving;
import org.encore.quantizations.Blocks;
import org.encore.quantizations.Int4Blocks;
import org.encore.quantizations.Int8Blocks;
import org.encore.quantizations.Int8Dynamic;
import org.encore.quantizations.Mixed;
import org.encore.quantizations.Unquantized;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.testing.Agreement;
import org.encore.testing.Case;
import org.encore.testing.GenerationLaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Quantised models compute what they say: the kernels agree with the arithmetic written out in double precision, models with the reference interpreter
 * on the dequantised weights, and what precision costs is bounded.
 */
class QuantizationTest {

    private static final int INPUTS = 72; // two blocks of 32 and a part of one
    private static final int OUTPUTS = 40;

    /**
     * A way to load a model.
     *
     * @param ofArithmetic largest difference to the reference on the dequantised weights, over the largest logit
     * @param ofPrecision typical difference to the reference on the original weights, over a typical logit; these models are tiny and random, which
     *        is harder for four bits than a trained model of real size
     */
    record Scheme(String name, Choice<Quantization<?>> scheme, double ofArithmetic, double ofPrecision) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static <O extends Record> Choice<Quantization<?>> choice(String id, Quantization<O> scheme, O options) {
        return new Choice<>(id, scheme, options);
    }

    private static final Choice<Quantization<?>> INT4 = choice("int4", new Int4Blocks(), new Blocks(32, false, Activations.INT8));
    private static final Choice<Quantization<?>> DYNAMIC = choice("int8-dynamic", new Int8Dynamic(), new Int8Dynamic.Options(32));
    private static final Choice<Quantization<?>> INT8 = choice("int8", new Int8Blocks(), new Blocks(32, false, Activations.INT8));

    static List<Scheme> schemes() {
        return List.of(
                new Scheme("fp32", choice("fp32", new Unquantized(), new Unquantized.Options()), 1e-5, 1e-5),
                new Scheme("int8, fp32 activations", choice("int8", new Int8Blocks(), new Blocks(32, false, Activations.FP32)), 1e-5, 0.04),
                new Scheme("int8, zero points", choice("int8", new Int8Blocks(), new Blocks(16, true, Activations.FP32)), 1e-5, 0.04),
                new Scheme("int4, fp32 activations", choice("int4", new Int4Blocks(), new Blocks(16, false, Activations.FP32)), 1e-5, 0.45),
                new Scheme("int4, zero points", choice("int4", new Int4Blocks(), new Blocks(32, true, Activations.FP32)), 1e-5, 0.45),
                new Scheme("int8", INT8, 0.05, 0.04),
                new Scheme("int4", INT4, 0.05, 0.45),
                new Scheme("int8-dynamic", DYNAMIC, 0.06, 0.06),
                new Scheme("mixed", choice("mixed", new Mixed(), new Mixed.Options(DYNAMIC, INT4, Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.of(INT8))), 0.06, 0.45));
    }

    record Loaded(Scheme scheme, Case c) {
        @Override
        public String toString() {
            return scheme + ", " + c;
        }
    }

    static Stream<Loaded> models() {
        return schemes().stream().flatMap(scheme -> cases().stream().map(c -> new Loaded(scheme, c)));
    }

    /** The built-in architectures, with widths that are and are not whole blocks. */
    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (int width : new int[] {48, 64}) {
            var random = new Random(width);
            var block = new Block(width, 4, 2, 16, width == 48 ? Block.Mlp.SWIGLU : Block.Mlp.GELU, 2, width == 64, width == 48, 10000, false, 0);
            cases.add(Case.of("decoder-only " + width, new DecoderOnly().build(new DecoderOnly.Options(2, DecoderOnly.Prefix.CAUSAL, block),
                    Case.build("decoder-only")), random));
            cases.add(Case.of("encoder-decoder " + width, new EncoderDecoder().build(new EncoderDecoder.Options(2, 1, block),
                    Case.build("encoder-decoder")), random));
            cases.add(Case.of("bridged " + width, new ResidualBridged().build(new ResidualBridged.Options(2, 1, new ResidualBridged.Bridge.Gated(), block),
                    Case.build("residual-bridged")), random));
        }
        return cases;
    }

    // ---- models

    @ParameterizedTest
    @MethodSource("models")
    void aModelComputesWithItsDequantisedWeights(Loaded loaded) {
        Case c = loaded.c();
        Map<String, Storage> storages = storages(loaded.scheme(), c.model());
        Value dequantised = new Reference(c.model().train()).run(c.inputs().train(), Reference.values(dequantised(c, storages))).get(Names.LOGITS);
        Value exact = c.trainLogits();
        double[] actual;
        try (var onnx = new OnnxProgram(c.model().train(), c.weights(), true, storages)) {
            actual = onnx.run(arrays(c.inputs().train())).get(Names.LOGITS).data();
        }
        assertThat(Agreement.error(actual, dequantised, c.inputs().targetLengths())).as("against dequantised weights").isLessThan(loaded.scheme().ofArithmetic());
        assertThat(rms(actual, exact, c.inputs().targetLengths())).as("against fp32").isLessThan(loaded.scheme().ofPrecision());
    }

    /** Root of the mean square of differences over that of the expected logits: what a typical logit loses. */
    private static double rms(double[] actual, Value expected, long[] lengths) {
        int time = (int) expected.shape()[1];
        int vocabulary = (int) expected.shape()[2];
        double differences = 0;
        double squares = 0;
        for (int row = 0; row < lengths.length; row++) {
            for (int i = row * time * vocabulary; i < (row * time + lengths[row]) * vocabulary; i++) {
                differences += Math.pow(actual[i] - expected.data()[i], 2);
                squares += Math.pow(expected.data()[i], 2);
            }
        }
        return Math.sqrt(differences / squares);
    }

    @ParameterizedTest
    @MethodSource("models")
    void generationComputesTheSame(Loaded loaded) {
        Case c = loaded.c();
        Map<String, Storage> storages = storages(loaded.scheme(), c.model());
        var dequantised = new Case(c.name(), c.model(), dequantised(c, storages), c.inputs());
        try (LoadedModel model = new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1, Optional.of(loaded.scheme().scheme()), Serving.BEST))) {
            new GenerationLaws(dequantised, model, loaded.scheme().ofArithmetic()).generationGivesTheTrainLogits();
            if (c.name().endsWith("64")) { // of whole blocks: what is looked up is what is multiplied
                assertThat(model.weightBytes()).isEqualTo(bytes(c.model(), storages));
            }
        }
    }

    /** Matrices in their form, the rest in fp32; nothing twice. */
    private static long bytes(Model model, Map<String, Storage> storages) {
        var used = new LinkedHashMap<String, Parameter>();
        Stream.of(model.prefill(), model.step()).forEach(program -> program.parameters().forEach(p -> used.put(p.name(), p)));
        return used.values().stream().mapToLong(p -> storages.containsKey(p.name())
                ? storages.get(p.name()).bytes(p.shape().get(0).size(), p.shape().get(1).size()) : p.size() * Float.BYTES).sum();
    }

    private static Map<String, Storage> storages(Scheme scheme, Model model) {
        var storages = new LinkedHashMap<String, Storage>();
        Matrix.of(model).forEach(matrix -> storages.put(matrix.parameter().name(), storage(scheme.scheme().extension(), scheme.scheme().options(), matrix)));
        return storages;
    }

    private static <O extends Record> Storage storage(Quantization<O> scheme, Record options, Matrix matrix) {
        return scheme.storage(scheme.optionsType().cast(options), matrix);
    }

    private static Weights dequantised(Case c, Map<String, Storage> storages) {
        var tensors = new LinkedHashMap<>(c.weights().tensors());
        storages.forEach((name, storage) -> tensors.computeIfPresent(name, (n, values) -> dequantised(values, storage)));
        return new Weights(tensors);
    }

    private static Weights.Values dequantised(Weights.Values values, Storage storage) {
        int out = (int) values.shape()[0];
        int in = (int) values.shape()[1];
        return switch (storage) {
            case Storage.Fp32() -> values;
            case Storage.Channels() -> new Weights.Values(values.shape(), FloatBuffer.wrap(Codes.Channels.of(values.data(), out, in).values()));
            case Storage.Blocks form -> new Weights.Values(values.shape(), FloatBuffer.wrap(Codes.Blocks.of(form, values.data(), out, in).values()));
        };
    }

    private static Map<String, Array> arrays(Map<String, Value> values) {
        var arrays = new LinkedHashMap<String, Array>();
        values.forEach((name, value) -> arrays.put(name, new Array(value.shape(), value.data())));
        return arrays;
    }

    // ---- kernels

    static List<Storage> forms() {
        return List.of(new Storage.Channels(), new Storage.Blocks(8, 32, false, Activations.FP32), new Storage.Blocks(8, 32, false, Activations.INT8),
                new Storage.Blocks(8, 16, true, Activations.FP32), new Storage.Blocks(8, 32, true, Activations.INT8),
                new Storage.Blocks(4, 32, false, Activations.FP32), new Storage.Blocks(4, 32, false, Activations.INT8),
                new Storage.Blocks(4, 64, true, Activations.FP32), new Storage.Blocks(4, 16, true, Activations.INT8));
    }

    /** Every row count up to a few, as kernels for one row and for many are different ones. */
    @ParameterizedTest
    @MethodSource("forms")
    void aKernelComputesTheFormula(Storage storage) {
        for (boolean biased : new boolean[] {false, true}) {
            var linear = new Linear(biased);
            for (int rows : new int[] {1, 2, 7}) {
                double[] x = linear.inputs(rows);
                assertThat(linear.error(linear.run(x, rows, true, storage), x, rows, storage, true)).as("%s, %d rows, bias %s", storage, rows, biased)
                        .isLessThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void standardOperatorsComputeWithTheDequantisedMatrix(Storage storage) {
        var linear = new Linear(true);
        double[] x = linear.inputs(3);
        assertThat(linear.error(linear.run(x, 3, false, storage), x, 3, storage, false)).isLessThan(1e-5);
    }

    /** No kernel takes these: they are computed by standard operators. */
    @Test
    void aFormWithoutKernelIsDequantised() {
        for (Storage storage : List.of(new Storage.Blocks(3, 32, true, Activations.INT8), new Storage.Blocks(5, 24, false, Activations.FP32))) {
            var linear = new Linear(true);
            double[] x = linear.inputs(3);
            assertThat(linear.error(linear.run(x, 3, true, storage), x, 3, storage, false)).as(storage.toString()).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void rowsOfATableAreLookedUp(Storage storage) {
        for (boolean kernels : new boolean[] {false, true}) {
            for (int width : new int[] {INPUTS, 64}) {
                var graph = new Graph("table");
                Tensor ids = graph.input("ids", DType.INT, Shape.of(2, 2));
                Tensor table = graph.weight(new Parameter("table", Shape.of(OUTPUTS, width), new Initializer.Normal(1)));
                Program program = graph.finish(Map.of("rows", graph.apply(new Primitive.Embedding(), table, ids)));
                var values = new Weights.Values(new long[] {OUTPUTS, width}, FloatBuffer.wrap(new Initializer.Normal(1).draw(3, "table", OUTPUTS * width)));
                double[] chosen = {0, OUTPUTS - 1, 7, 7};
                float[] whole = dequantised(values, storage).toArray();
                var expected = new double[4 * width];
                Arrays.setAll(expected, i -> whole[(int) chosen[i / width] * width + i % width]);
                try (var onnx = new OnnxProgram(program, new Weights(Map.of("table", values)), kernels, Map.of("table", storage))) {
                    double[] rows = onnx.run(Map.of("ids", new Array(new long[] {2, 2}, chosen))).get("rows").data();
                    assertThat(Agreement.error(rows, expected)).as("%s, width %d, kernels %s", storage, width, kernels).isLessThan(1e-6);
                }
            }
        }
    }

    /** x times a matrix, plus a bias. */
    private static final class Linear {

        private final Random random = new Random(7);
        private final boolean biased;
        private final Weights.Values matrix = values(OUTPUTS, INPUTS);
        private final Weights.Values bias = values(OUTPUTS);

        Linear(boolean biased) {
            this.biased = biased;
        }

        private Weights.Values values(long... shape) {
            var values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return new Weights.Values(shape, FloatBuffer.wrap(values));
        }

        double[] inputs(int rows) {
            return random.doubles(rows * (long) INPUTS, -2, 3).map(x -> (float) x).toArray();
        }

        double[] run(double[] x, int rows, boolean kernels, Storage storage) {
            var graph = new Graph("linear");
            Tensor input = graph.input("x", DType.FLOAT, Shape.of(1, rows, INPUTS));
            var operands = new ArrayList<>(List.of(input, graph.weight(new Parameter("w", Shape.of(OUTPUTS, INPUTS), new Initializer.Normal(1)))));
            if (biased) {
                operands.add(graph.weight(new Parameter("b", Shape.of(OUTPUTS), new Initializer.Normal(1))));
            }
            Program program = graph.finish(Map.of("y", graph.apply(new Primitive.Linear(), operands)));
            try (var onnx = new OnnxProgram(program, new Weights(Map.of("w", matrix, "b", bias)), kernels, Map.of("w", storage))) {
                return onnx.run(Map.of("x", new Array(new long[] {1, rows, INPUTS}, x))).get("y").data();
            }
        }

        double error(double[] actual, double[] x, int rows, Storage storage, boolean kernels) {
            float[] w = dequantised(matrix, storage).toArray();
            double[] seen = kernels ? activations(x, storage) : x;
            var expected = new double[rows * OUTPUTS];
            for (int row = 0; row < rows; row++) {
                for (int o = 0; o < OUTPUTS; o++) {
                    double sum = biased ? bias.data().get(o) : 0;
                    for (int i = 0; i < INPUTS; i++) {
                        sum += seen[row * INPUTS + i] * w[o * INPUTS + i];
                    }
                    expected[row * OUTPUTS + o] = sum;
                }
            }
            return Agreement.error(actual, expected);
        }

        /** What the products see of the inputs. */
        private static double[] activations(double[] x, Storage storage) {
            return switch (storage) {
                case Storage.Fp32() -> x;
                case Storage.Channels() -> ofOneRange(x);
                case Storage.Blocks blocks -> blocks.activations() == Activations.FP32 ? x : ofBlocks(x, blocks.size());
            };
        }

        /** As ONNX defines DynamicQuantizeLinear. */
        private static double[] ofOneRange(double[] x) {
            float low = (float) Math.min(0, Arrays.stream(x).min().orElse(0));
            float high = (float) Math.max(0, Arrays.stream(x).max().orElse(0));
            float scale = (high - low) / 255;
            double zero = Math.rint(-low / scale);
            return Arrays.stream(x).map(v -> (Math.clamp(Math.rint((float) v / scale) + zero, 0, 255) - zero) * scale).toArray();
        }

        /** Blocks of a row, symmetric. */
        private static double[] ofBlocks(double[] x, int size) {
            var seen = new double[x.length];
            for (int row = 0; row < x.length; row += INPUTS) {
                for (int from = row; from < row + INPUTS; from += size) {
                    int to = Math.min(row + INPUTS, from + size);
                    double most = Arrays.stream(x, from, to).map(Math::abs).max().orElse(0);
                    double scale = most / 127;
                    for (int i = from; i < to; i++) {
                        seen[i] = Math.rint(x[i] / scale) * scale;
                    }
                }
            }
            return seen;
        }
    }

    // ---- what matrices are for

    @Test
    void rolesAreFoundInThePrograms() {
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, new Block(16, 2, 1, 8, Block.Mlp.SWIGLU, 2, false, true, 10000, false, 0)),
                Case.build("encoder-decoder"));
        Map<String, String> found = new LinkedHashMap<>();
        Matrix.of(model).forEach(m -> found.put(m.parameter().name(), m.part() + " " + m.role() + (m.lookedUp() ? " looked up" : "")));
        assertThat(found).containsEntry("embedding", "DECODER HEAD looked up").containsEntry("encoder.0.self.q.weight", "ENCODER ATTENTION")
                .containsEntry("encoder.0.mlp.down.weight", "ENCODER MLP").containsEntry("decoder.0.self.o.weight", "DECODER ATTENTION")
                .containsEntry("decoder.0.cross.k.weight", "ENCODER ATTENTION").containsEntry("decoder.0.cross.q.weight", "DECODER ATTENTION")
                .containsEntry("decoder.0.mlp.gate.weight", "DECODER MLP").hasSize(1 + 7 + 11);
    }
}
