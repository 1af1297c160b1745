package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.AttentionMap.Positions;
import org.encore.api.inference.AttentionMap.Tokens;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderDecoder;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.DecoderOnly.Prefix;
import org.encore.architectures.EncoderDecoder;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.graph.op.Attention;
import org.encore.onnx.OnnxProgram;
import org.encore.reference.ReferenceBackend;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What attention is said to look at is what it looks at. */
class AttentionMapsTest {

    private static final Block BLOCK = new Block(8, 4, 2, 4, Block.Mlp.GELU, 2, false, true, 10000, false, 0);
    private static final int[] SOURCE = {3, 4, 5};
    private static final int[] TARGET = {6, 7};

    static List<Case> cases() {
        return Cases.all();
    }

    private static List<AttentionMap> maps(Model model, Weights weights) {
        return new ReferenceBackend().attention(model, weights, SOURCE, TARGET, () -> false);
    }

    private static AttentionMap map(List<AttentionMap> maps, String path) {
        return maps.stream().filter(map -> map.path().equals(path)).findFirst().orElseThrow();
    }

    /** A model all of whose queries are zero: every score is, so attention is spread evenly over what may be seen. */
    private static Weights blind(Model model) {
        var weights = new LinkedHashMap<>(Case.weights(model, new Random(1)).tensors());
        weights.replaceAll((name, values) -> name.endsWith(".q.weight")
                ? new Weights.Values(values.shape(), FloatBuffer.allocate(values.data().limit())) : values);
        return new Weights(weights);
    }

    private static double[] row(AttentionMap map, int head, int query) {
        var row = new double[map.keyCount()];
        Arrays.setAll(row, key -> map.weight(head, query, key));
        return row;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMapIsWhatAnotherInterpreterComputesAndEachOfItsRowsSumsToOne(Case c) {
        Inputs one = c.inputs().row(0);
        int[] target = Arrays.stream(one.target()).skip(1).mapToInt(id -> (int) id).toArray();
        List<AttentionMap> maps = new ReferenceBackend().attention(c.model(), c.weights(), one.sources()[0], target, () -> false);
        Program tapped = c.model().train().expanded(composite -> false).withTaps(tap -> tap.endsWith("." + Attention.WEIGHTS));
        var inputs = new HashMap<String, OnnxProgram.Array>();
        one.train().forEach((name, value) -> inputs.put(name, new OnnxProgram.Array(value.shape(), value.data())));
        try (var onnx = new OnnxProgram(tapped, c.weights())) {
            Map<String, OnnxProgram.Array> outputs = onnx.run(inputs);
            assertThat(outputs.keySet().stream().filter(name -> name.startsWith("tap:"))).as("every attention is there").hasSize(maps.size());
            for (AttentionMap map : maps) {
                double[] expected = outputs.get("tap:" + map.path() + "." + Attention.WEIGHTS).data();
                assertThat(map.weights()).as(map.path()).containsExactly(expected, within(1e-4));
                for (int head = 0; head < map.heads(); head++) {
                    for (int query = 0; query < map.queries().size(); query++) {
                        assertThat(Arrays.stream(row(map, head, query)).sum()).isCloseTo(1, within(1e-9));
                    }
                }
            }
        }
    }

    @Test
    void aDecoderSeesWhatIsBeforeItAndNothingElse() {
        Model model = new DecoderOnly().build(new DecoderOnly.Options(2, Prefix.CAUSAL, BLOCK), Case.build("decoder-only"));
        List<AttentionMap> maps = maps(model, blind(model));
        assertThat(maps).extracting(AttentionMap::path).containsExactly("decoder.0.self", "decoder.1.self");
        for (AttentionMap map : maps) {
            assertThat(map.heads()).isEqualTo(4);
            assertThat(map.queries()).as("three of the source, the start token, two of the target")
                    .isEqualTo(new Positions(Tokens.SOURCE_AND_TARGET, 6));
            assertThat(map.keys()).containsExactly(map.queries());
            for (int query = 0; query < 6; query++) {
                var expected = new double[6];
                Arrays.fill(expected, 0, query + 1, 1.0 / (query + 1));
                assertThat(row(map, 3, query)).as("what is ahead has exactly no weight").containsExactly(expected, within(1e-12));
                for (int key = query + 1; key < 6; key++) {
                    assertThat(map.mean(query, key)).isZero();
                }
            }
        }
    }

    @Test
    void aPrefixSeesItselfBothWays() {
        Model model = new DecoderOnly().build(new DecoderOnly.Options(1, Prefix.BIDIRECTIONAL, BLOCK), Case.build("decoder-only"));
        AttentionMap map = maps(model, blind(model)).getFirst();
        assertThat(row(map, 0, 0)).containsExactly(new double[] {1 / 3d, 1 / 3d, 1 / 3d, 0, 0, 0}, within(1e-12));
        assertThat(row(map, 0, 4)).containsExactly(new double[] {0.2, 0.2, 0.2, 0.2, 0.2, 0}, within(1e-12));
    }

    @Test
    void anEncoderADecoderAndWhatGoesAcrossAreToldApart() {
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(1, 2, BLOCK), Case.build("encoder-decoder"));
        List<AttentionMap> maps = maps(model, blind(model));
        assertThat(maps).extracting(AttentionMap::path)
                .containsExactlyInAnyOrder("encoder.0.self", "decoder.0.self", "decoder.0.cross", "decoder.1.self", "decoder.1.cross");
        assertThat(map(maps, "encoder.0.self").queries()).isEqualTo(new Positions(Tokens.SOURCE, 3));
        AttentionMap across = map(maps, "decoder.1.cross");
        assertThat(across.queries()).isEqualTo(new Positions(Tokens.TARGET, 3));
        assertThat(across.keys()).containsExactly(new Positions(Tokens.SOURCE, 3));
        assertThat(row(across, 1, 2)).containsExactly(new double[] {1 / 3d, 1 / 3d, 1 / 3d}, within(1e-12));
        assertThat(row(map(maps, "decoder.1.self"), 1, 1)).containsExactly(new double[] {0.5, 0.5, 0}, within(1e-12));
    }

    @Test
    void aWindowIsSeenAndACacheThatLayersShareIsTheWholeRow() {
        Model model = new DecoderDecoder().build(new DecoderDecoder.Options(1, 1, 2, BLOCK), Case.build("decoder-decoder"));
        List<AttentionMap> maps = maps(model, blind(model));
        assertThat(row(map(maps, "selfDecoder.0.self"), 0, 4)).containsExactly(new double[] {0, 0, 0, 0.5, 0.5, 0}, within(1e-12));
        AttentionMap across = map(maps, "crossDecoder.0.cross");
        assertThat(across.queries()).isEqualTo(new Positions(Tokens.TARGET, 3));
        assertThat(across.keys()).containsExactly(new Positions(Tokens.SOURCE_AND_TARGET, 6));
        assertThat(row(across, 0, 0)).containsExactly(new double[] {0.25, 0.25, 0.25, 0.25, 0, 0}, within(1e-12));
    }

    @Test
    void anArchitectureThatNobodyKnowsIsSeenByItsGraph() {
        var build = Case.build("mine");
        Model model = build.causal(build.layers("stack", 1, BLOCK, (layer, x) -> x.plus(layer.attention("look", x, new Attend.Causal(false)))
                .plus(layer.attention("look", x, new Attend.Causal(false, 1)))));
        List<AttentionMap> maps = maps(model, blind(model));
        assertThat(maps).extracting(AttentionMap::path).as("two in the same place").containsExactly("stack.0.look", "stack.0.look.2");
        assertThat(row(maps.get(0), 0, 1)).containsExactly(new double[] {0.5, 0.5, 0, 0, 0, 0}, within(1e-12));
        assertThat(row(maps.get(1), 0, 1)).containsExactly(new double[] {0, 1, 0, 0, 0, 0}, within(1e-12));
    }

    @Test
    void whatIsStoppedOrHasNothingToReadSaysSo() {
        Model model = new DecoderOnly().build(new DecoderOnly.Options(1, Prefix.CAUSAL, BLOCK), Case.build("decoder-only"));
        Weights weights = blind(model);
        var backend = new ReferenceBackend();
        assertThatThrownBy(() -> backend.attention(model, weights, SOURCE, TARGET, () -> true)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> backend.attention(model, weights, new int[0], TARGET, () -> false))
                .hasMessage("a source of no tokens; give at least one");
        assertThat(backend.attention(model, weights, SOURCE, new int[0], () -> false).getFirst().queries().size()).as("the start token alone")
                .isEqualTo(4);
        assertThatThrownBy(() -> new AttentionMap("x", 1, new Positions(Tokens.TARGET, 2), List.of(new Positions(Tokens.SOURCE, 2)), new double[3]))
                .hasMessageContaining("3 weights").hasMessageContaining("expected 4");
    }
}
