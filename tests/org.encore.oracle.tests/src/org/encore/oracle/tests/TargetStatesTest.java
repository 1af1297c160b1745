package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.encore.api.architecture.TargetStates;
import org.encore.api.architecture.TargetStates.At;
import org.encore.api.inference.HiddenStates;
import org.encore.api.inference.LoadedModel;
import org.encore.distill.StateMatching;
import org.encore.distill.StateMatching.Distance;
import org.encore.distill.StateMatching.Pair;
import org.encore.graph.Graph;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.RmsNorm;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.onnx.OrtCpu;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.Test;

/** Hidden states of every architecture meet at the positions at which their logits do. */
class TargetStatesTest {

    private static List<String> blocks(Case c) {
        List<String> blocks = TargetStates.of(c.model()).blocks().stream().map(At::block).toList();
        assertThat(blocks).as(c.name()).isNotEmpty();
        return blocks;
    }

    private static boolean counts(Case c, int position) {
        return position % c.inputs().targetTime() < c.inputs().targetLengths()[position / c.inputs().targetTime()];
    }

    @Test
    void normAndHeadMakeTheLogitsOfTheLastBlocksState() {
        for (Case c : Cases.all()) {
            Program telling = TargetStates.of(c.model()).telling(List.of(blocks(c).getLast())).train();
            Graph graph = telling.output(Names.LOGITS).graph();
            Tensor norm = telling.tensors().stream().filter(tensor -> tensor.op() instanceof RmsNorm).toList().getLast();
            Map<String, Value> computed = new Reference(graph.finish(Map.of("normed", norm.inputs().getFirst(), Names.STATES, telling.output(Names.STATES), Names.LOGITS,
                    telling.output(Names.LOGITS)))).run(c.inputs().train(), Reference.values(c.weights()));
            int width = (int) computed.get(Names.STATES).shape()[2];
            for (int i = 0; i < computed.get(Names.STATES).data().length; i++) {
                if (counts(c, i / width)) {
                    assertThat(computed.get(Names.STATES).data()[i]).as(c.name()).isEqualTo(computed.get("normed").data()[i]);
                }
            }
            assertThat(computed.get(Names.LOGITS).data()).as("nothing else has changed").isEqualTo(c.trainLogits().data());
        }
    }

    /** All blocks, in a batch of rows of any lengths, against the oracle reading each row alone. */
    @Test
    void aBackendReadsThemOfAnyRowsTogether() {
        for (Case c : Cases.all()) {
            int[][] sources = c.inputs().sources();
            int[][] targets = targets(c);
            try (LoadedModel model = new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1));
                    LoadedModel oracle = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options());
                    HiddenStates.Reader together = model.states().orElseThrow().reader(blocks(c)); HiddenStates.Reader alone = oracle.states().orElseThrow().reader(blocks(c))) {
                int width = model.states().orElseThrow().blocks().stream().mapToInt(At::width).sum();
                FloatBuffer states = together.read(sources, targets);
                assertThat(states.limit()).isEqualTo(c.inputs().rows() * c.inputs().targetTime() * width);
                for (int row = 0; row < sources.length; row++) {
                    FloatBuffer expected = alone.read(new int[][] {sources[row]}, new int[][] {targets[row]});
                    assertThat(expected.limit()).isEqualTo((targets[row].length + 1) * width);
                    for (int i = 0; i < expected.limit(); i++) {
                        assertThat(states.get(row * c.inputs().targetTime() * width + i)).as("%s, row %d", c.name(), row).isCloseTo(expected.get(i), within(2e-4f));
                    }
                }
            }
        }
    }

    private static int[][] targets(Case c) {
        Inputs in = c.inputs();
        return IntStream.range(0, in.rows()).mapToObj(row -> Arrays.stream(in.target(), row * in.targetTime() + 1, row * in.targetTime() + (int) in.targetLengths()[row])
                .mapToInt(Math::toIntExact).toArray()).toArray(int[][]::new);
    }

    /** Through the identity, in double precision; told what belongs one position further on it has. */
    @Test
    void aModelThatIsItsOwnTeacherHasNothingToLearnFromItsStates() {
        Program labels = new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0), Inputs.VOCABULARY);
        int shifted = 0;
        for (Case c : Cases.all()) {
            for (Distance distance : Distance.values()) {
                TargetStates states = TargetStates.of(c.model());
                var matching = new StateMatching(states.blocks().stream().map(at -> new Pair(at, at)).toList(), distance);
                Map<String, Value> computed = new Reference(states.telling(matching.ofStudent()).train()).run(c.inputs().train(), Reference.values(c.weights()));
                var given = new HashMap<>(computed);
                given.put(Names.LABELS, Value.zeros(c.inputs().rows(), c.inputs().targetTime()));
                Value mask = Value.zeros(c.inputs().rows(), c.inputs().targetTime());
                Arrays.setAll(mask.data(), position -> counts(c, position) ? 1 : 0);
                given.put(Names.MASK, mask);
                given.put(Names.STATE_WEIGHT, Value.scalar(1));
                given.put(Names.TEACHER_STATES, computed.get(Names.STATES));
                double plain = loss(labels, given);
                assertThat(loss(matching.beside(labels), given)).as(c.name()).isCloseTo(plain, within(1e-9));
                given.put(Names.TEACHER_STATES, further(computed.get(Names.STATES)));
                if (Arrays.stream(c.inputs().targetLengths()).anyMatch(length -> length > 1)) {
                    assertThat(loss(matching.beside(labels), given)).as(c.name()).isGreaterThan(plain + 1e-6);
                    shifted++;
                }
            }
        }
        assertThat(shifted).isGreaterThan(20);
    }

    private static Value further(Value states) {
        int width = (int) states.shape()[2];
        var data = states.data().clone();
        System.arraycopy(states.data(), width, data, 0, data.length - width);
        return new Value(states.shape(), data);
    }

    private static double loss(Program objective, Map<String, Value> given) {
        return new Reference(objective).run(given, projection -> {
            Value identity = Value.zeros(projection.shape().evaluate(Map.of()));
            int width = (int) identity.shape()[0];
            IntStream.range(0, width).forEach(i -> identity.data()[i * width + i] = 1);
            return identity;
        }).get(Names.LOSS).data()[0];
    }

    @Test
    void aBlockThatIsNotThereIsNamedBesideThoseThatAre() {
        Case c = Cases.all().stream().filter(each -> each.name().startsWith("encoder-decoder 1")).findFirst().orElseThrow();
        assertThat(blocks(c)).as("an encoder computes nothing at the target's positions").containsExactly("decoder.0", "decoder.1");
        assertThatThrownBy(() -> TargetStates.of(c.model()).telling(List.of("decoder.7"))).hasMessageContaining("encoder-decoder has no block 'decoder.7' at the target's positions. ")
                .hasMessageContaining("decoder.1");
    }
}
