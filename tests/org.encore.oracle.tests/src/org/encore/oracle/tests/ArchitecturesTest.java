package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Stack;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderDecoder;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.architectures.ResidualBridged.Bridge;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.cost.PartCost;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.text.StructuralHash;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.encore.testing.Joined;
import org.encore.torch.TorchProgram;
import org.junit.jupiter.api.Test;

class ArchitecturesTest {

    private static final Block SMALL = new Block(12, 4, 2, 6, Block.Mlp.SWIGLU, 2, false, true, 10000, false, 0);

    @Test
    void thePapersConfigurationHasExactlyItsParameters() {
        var architecture = new EncoderDecoder();
        Model model = architecture.build(architecture.presets().get("paper-330m"), new Build("encoder-decoder", 32_128, 0));
        assertThat(model.parameterCount()).isEqualTo(332_042_240L);
    }

    @Test
    void theCostOfAllPartsTogetherIsThatOfTheModel() {
        for (Model model : List.of(new EncoderDecoder().build(new EncoderDecoder().presets().get("paper-330m"),
                new Build("encoder-decoder", 32_128, 0)),
                new DecoderOnly().build(new DecoderOnly().presets().get("paper-330m"), new Build("decoder-only", 32_128, 0)))) {
            List<PartCost> parts = PartCost.of(model, Convention.PAPER, 16, 5);
            assertThat(parts.stream().mapToLong(PartCost::firstTokenFlops).sum()).isEqualTo(Cost.firstTokenFlops(model, Convention.PAPER, 16));
            assertThat(parts.stream().mapToLong(part -> part.firstTokenFlops() + part.laterFlops()).sum())
                    .isEqualTo(Cost.flops(model, Convention.PAPER, 16, 5));
            assertThat(parts.stream().mapToLong(part -> part.weightBytes() + part.stateBytes()).sum())
                    .isEqualTo(Cost.decodeBytes(model, Convention.PAPER, 16, 5));
            assertThat(parts.stream().map(PartCost::path)).contains("head").anyMatch(path -> path.startsWith("decoder.1."));
        }
    }

    @Test
    void flopsAndBytesEqualTheClosedFormulasToTheLastUnit() {
        int d = 1024;
        int a = 6 * 64;
        int k = 3 * 64;
        int f = 4096;
        long vocabulary = 32_128;
        long attention = 2L * d * a + 2L * d * k;
        long layer = attention + 2L * d * f;
        long decoderLayer = 2 * attention + 2L * d * f;
        long cross = 2L * d * k;
        long head = vocabulary * d;
        var encdec = new EncoderDecoder();
        Model ed = encdec.build(encdec.presets().get("paper-330m"), new Build("encoder-decoder", (int) vocabulary, 0));
        var deconly = new DecoderOnly();
        Model dec = deconly.build(deconly.presets().get("paper-330m"), new Build("decoder-only", (int) vocabulary, 0));
        for (int n : new int[] {1, 16, 1024}) {
            long stepOne = 2 * 10 * (decoderLayer - cross) + 4L * (n + 1) * a * 10 + 2 * head;
            assertThat(Cost.firstTokenFlops(ed, Convention.PAPER, n)).as("first token, encoder-decoder, n = %d", n)
                    .isEqualTo(2L * n * 20 * layer + 4L * n * n * a * 20 + 2L * n * 10 * cross + stepOne);
            int rows = n + 1; // the start token is read with the source
            assertThat(Cost.firstTokenFlops(dec, Convention.PAPER, n)).as("first token, decoder-only, n = %d", n)
                    .isEqualTo(2L * rows * 30 * layer + 2L * rows * rows * a * 30 + 2 * head);
            for (int i : new int[] {2, 33}) {
                assertThat(Cost.stepFlops(ed, Convention.PAPER, n, i - 1)).isEqualTo(2 * 10 * (decoderLayer - cross) + 4L * (n + i) * a * 10
                        + 2 * head);
                assertThat(Cost.stepFlops(dec, Convention.PAPER, n, n + i - 1)).isEqualTo(2 * 30 * layer + 4L * (n + i) * a * 30 + 2 * head);
                assertThat(Cost.decodeBytes(ed, Convention.PAPER, n, i)).isEqualTo(4 * (10 * (decoderLayer - cross) + head)
                        + 2L * k * 10 * (n + i) * 4);
                assertThat(Cost.decodeBytes(dec, Convention.PAPER, n, i)).isEqualTo(4 * (30 * layer + head) + 2L * k * 30 * (n + i) * 4);
                assertThat(Cost.kvBytes(ed, n, i)).isEqualTo(2L * k * 10 * (n + i) * 4);
                assertThat(Cost.kvBytes(dec, n, i)).isEqualTo(2L * k * 30 * (n + i) * 4);
            }
        }
    }

    @Test
    void everyOperationCostsAtLeastAsMuchAsTheMatrixProducts() {
        for (Case c : Cases.all()) {
            assertThat(Cost.flops(c.model(), Convention.ALL, 5, 4)).as(c.name()).isGreaterThan(Cost.flops(c.model(), Convention.PAPER, 5, 4));
        }
    }

    /** A bridge begins as the plain encoder-decoder, bit for bit, and learns from the first step. */
    @Test
    void aBridgeBeginsAsThePlainModelAndItsGatesHaveGradients() {
        var plain = new EncoderDecoder().build(new EncoderDecoder.Options(3, 2, SMALL), Case.build("encoder-decoder"));
        var inputs = Inputs.random(new Random(3));
        Weights ofPlain = Weights.initial(plain, 7);
        double[] expected = new Reference(plain.train()).run(inputs.train(), Reference.values(ofPlain)).get(Names.LOGITS).data();
        for (Bridge bridge : List.of(new Bridge.Weighted(), new Bridge.Gated())) {
            var bridged = new ResidualBridged().build(new ResidualBridged.Options(3, 2, bridge, SMALL), Case.build("residual-bridged"));
            Weights weights = Weights.initial(bridged, 7);
            ofPlain.tensors().forEach((name, values) -> assertThat(weights.tensors().get(name).toArray()).isEqualTo(values.toArray()));
            double[] actual = new Reference(bridged.train()).run(inputs.train(), Reference.values(weights)).get(Names.LOGITS).data();
            assertThat(Arrays.equals(actual, expected)).as("%s, reference", bridge).isTrue();
            try (var torchPlain = new TorchProgram(plain.train(), ofPlain); var torch = new TorchProgram(bridged.train(), weights)) {
                assertThat(torch.run(TorchAgreesTest.arrays(inputs.train())).get(Names.LOGITS).data())
                        .isEqualTo(torchPlain.run(TorchAgreesTest.arrays(inputs.train())).get(Names.LOGITS).data());
            }
            var toLoss = Joined.of(bridged.train(), new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0), Inputs.VOCABULARY));
            try (var torch = new TorchProgram(toLoss, weights)) {
                Map<String, TorchProgram.Array> gradients = torch.gradients(Names.LOSS, TorchAgreesTest.arrays(Joined.inputs(inputs)));
                gradients.forEach((name, gradient) -> {
                    if (name.endsWith("gate") && name.contains("cross")) {
                        assertThat(Arrays.stream(gradient.data()).anyMatch(g -> g != 0)).as("%s of %s", name, bridge).isTrue();
                    }
                });
            }
        }
    }

    @Test
    void anArchitectureAtAnotherWidthIsAnotherModelAndTheSameOptionsAreTheSame() {
        var architecture = new ResidualBridged();
        var options = architecture.presets().get("1m");
        var build = Case.build("residual-bridged");
        assertThat(StructuralHash.of(architecture.build(options, build))).isEqualTo(StructuralHash.of(architecture.build(options, build)));
        assertThat(StructuralHash.of(architecture.build(architecture.atWidth(options, 120), build)))
                .isNotEqualTo(StructuralHash.of(architecture.build(options, build)));
    }

    @Test
    void aPrefixOfTheSourceSeesItselfBothWays() {
        var causal = new DecoderOnly().build(new DecoderOnly.Options(2, DecoderOnly.Prefix.CAUSAL, SMALL), Case.build("decoder-only"));
        var prefix = new DecoderOnly().build(new DecoderOnly.Options(2, DecoderOnly.Prefix.BIDIRECTIONAL, SMALL), Case.build("decoder-only"));
        var inputs = Inputs.random(new Random(3));
        Weights weights = Case.weights(causal, new Random(4));
        Value a = new Reference(causal.train()).run(inputs.train(), Reference.values(weights)).get(Names.LOGITS);
        Value b = new Reference(prefix.train()).run(inputs.train(), Reference.values(weights)).get(Names.LOGITS);
        assertThat(a.data()).isNotEqualTo(b.data());
        assertThat(causal.parameterCount()).isEqualTo(prefix.parameterCount());
    }

    /** YOCO's point: one cache beside those of the self-decoder, and a source that is read by the self-decoder alone. */
    @Test
    void aDecoderDecoderHasTheParametersFlopsAndCachesOfTheClosedFormulas() {
        long d = 1024;
        long a = 6 * 64;
        long k = 3 * 64;
        long f = 4096;
        long head = 32_128 * d;
        long mlp = 2 * d * f;
        long selfLayer = 2 * d * a + 2 * d * k + mlp;
        long crossLayer = 2 * d * a + mlp;
        long sharing = 2 * d * k;
        var architecture = new DecoderDecoder();
        var options = architecture.presets().get("paper-330m");
        Model model = architecture.build(options, new Build("decoder-decoder", 32_128, 0));
        long biasesAndGains = 20 * (a + 2 * k + d + f + d + 2 * d) + 10 * (a + d + f + d + 2 * d) + 2 * k + 2 * d;
        assertThat(model.parameterCount()).isEqualTo(20 * selfLayer + 10 * crossLayer + sharing + head + biasesAndGains);
        for (int n : new int[] {1, 16, 1024}) {
            long rows = n + 1;
            assertThat(Cost.firstTokenFlops(model, Convention.PAPER, n)).as("first token, n = %d", n).isEqualTo(2 * rows * (20 * selfLayer + sharing)
                    + 2 * rows * rows * a * 20 + 2 * 10 * crossLayer + 4 * rows * a * 10 + 2 * head);
            for (int i : new int[] {2, 33}) {
                assertThat(Cost.stepFlops(model, Convention.PAPER, n, n + i - 1)).isEqualTo(2 * (20 * selfLayer + sharing + 10 * crossLayer)
                        + 4 * (n + i) * a * 30 + 2 * head);
                assertThat(Cost.kvBytes(model, n, i)).isEqualTo(2 * k * 21 * (n + i) * 4);
            }
        }
        int window = 64;
        Model windowed = architecture.build(new DecoderDecoder.Options(20, 10, window, options.block()), new Build("decoder-decoder", 32_128, 0));
        assertThat(windowed.parameterCount()).isEqualTo(model.parameterCount());
        assertThat(Cost.stepFlops(windowed, Convention.PAPER, 1000, 1001)).isEqualTo(2 * (20 * selfLayer + sharing + 10 * crossLayer)
                + 4L * window * a * 20 + 4L * 1002 * a * 10 + 2 * head);
        assertThat(Cost.firstTokenFlops(model, Convention.PAPER, 1000) - Cost.firstTokenFlops(windowed, Convention.PAPER, 1000))
                .isEqualTo(2 * a * 20 * (1001L * 1001 - (window * window + 2L * (1001 - window) * window)));
    }

    @Test
    void aWindowAsWideAsTheRowChangesNothingAndANarrowOneDoes() {
        var inputs = Inputs.random(new Random(3));
        Model whole = new DecoderDecoder().build(new DecoderDecoder.Options(2, 1, 0, SMALL), Case.build("decoder-decoder"));
        Weights weights = Case.weights(whole, new Random(4));
        double[] expected = new Reference(whole.train()).run(inputs.train(), Reference.values(weights)).get(Names.LOGITS).data();
        for (int window : new int[] {1, 100}) {
            Model windowed = new DecoderDecoder().build(new DecoderDecoder.Options(2, 1, window, SMALL), Case.build("decoder-decoder"));
            double[] actual = new Reference(windowed.train()).run(inputs.train(), Reference.values(weights)).get(Names.LOGITS).data();
            assertThat(Arrays.equals(actual, expected)).as("window of %d", window).isEqualTo(window == 100);
        }
    }

    @Test
    void aCrossDecoderThatRemembersItsOwnTokensIsRefused() {
        var build = Case.build("decoder-decoder");
        Stack lower = build.layers("lower", 1, SMALL, (layer, x) -> x.plus(layer.attention("self", x, Attend.causal())));
        Stack remembers = build.layers("upper", 1, SMALL, (layer, x) -> x.plus(layer.attention("self", x, Attend.causal())));
        assertThatThrownBy(() -> build.decoderDecoder(lower, remembers)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("upper remembers [upper.0.self.k").hasMessageContaining("Attend.shared()").hasMessageContaining("into lower");
        Stack shared = build.layers("decoder", 1, SMALL, (layer, x) -> x.plus(layer.attention("self", x, Attend.shared())));
        assertThatThrownBy(() -> build.causal(shared)).hasMessageContaining("build it with decoderDecoder");
        assertThatThrownBy(() -> new DecoderDecoder.Options(1, 1, -1, SMALL)).hasMessage("window -1: give a number of tokens, or 0 for all");
    }
}
