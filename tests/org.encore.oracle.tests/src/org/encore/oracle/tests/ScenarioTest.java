package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

import org.encore.api.architecture.Build;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.cost.Call;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.cost.Scenario;
import org.encore.cost.Scenario.Cache;
import org.encore.graph.Model;
import org.junit.jupiter.api.Test;

/** Work under ways of generating, against closed formulas that do not come from the graph, at the sizes of arXiv 2501.16273 (30 layers; 20 + 10). */
class ScenarioTest {

    private static final long D = 1024;
    private static final long A = 6 * 64;
    private static final long K = 3 * 64;
    private static final long LAYER = 2 * D * A + 2 * D * K + 2 * D * 4096;
    private static final long CROSS = 2 * D * K;
    private static final long DECODER_LAYER = LAYER + 2 * D * A + 2 * D * K;
    private static final long HEAD = 32_128 * D;
    private static final Model DEC = new DecoderOnly().build(new DecoderOnly().presets().get("paper-330m"), new Build("decoder-only", 32_128, 0));
    private static final Model ED = new EncoderDecoder().build(new EncoderDecoder().presets().get("paper-330m"), new Build("encoder-decoder", 32_128,
            0));

    private static double first(Model model, Scenario scenario, int n, int m) {
        return Call.first(model, scenario, n, m).flops();
    }

    /** Decoder-only over positions that are read at once. @param halves 2 if the masked half is skipped, else 4 */
    private static long read(long positions, long halves, long logits) {
        return 2 * positions * 30 * LAYER + halves * positions * positions * A * 30 + 2 * HEAD * logits;
    }

    @Test
    void theLeanWayIsWhatIsCountedElsewhere() {
        for (int n : new int[] {1, 128, 1024}) {
            assertThat(Call.first(DEC, Scenario.LEAN, n, 64).flops()).isEqualTo(Cost.firstTokenFlops(DEC, Convention.PAPER, n)).isEqualTo(read(n + 1,
                    2, 1));
            assertThat(Call.later(ED, Scenario.LEAN, n, 64, 5).flops()).isEqualTo(Cost.stepFlops(ED, Convention.PAPER, n, 5));
            Call step = Call.later(DEC, Scenario.LEAN, n, 64, 5);
            assertThat(step.weightBytes()).isEqualTo(4 * (30 * LAYER + HEAD));
            assertThat(step.stateBytes()).isEqualTo(4 * 2 * K * 30 * (n + 1 + 5));
            assertThat(step.copiedBytes()).isZero();
            assertThat(Call.later(ED, Scenario.LEAN, n, 64, 5).stateBytes()).isEqualTo(4 * 2 * K * 10 * (n + 1 + 5));
        }
    }

    @Test
    void fixedShapesReadWhatIsNotThereYetAndComputeWhatIsMasked() {
        var padded = new Scenario(Cache.SHARED, false, true);
        for (int m : new int[] {64, 256}) {
            assertThat(Call.first(DEC, padded, 1024, m).flops()).isEqualTo(read(1024 + m, 4, 1));
            assertThat(Call.first(ED, padded, 1024, m).flops()).isEqualTo(Cost.firstTokenFlops(ED, Convention.PAPER_WHOLE_SQUARES, 1024));
        }
        // the first token's ratios of the paper's default lengths: this is what may be behind its 47 % (1 - 0.528)
        assertThat(first(ED, padded, 1024, 256) / first(DEC, padded, 1024, 256)).isCloseTo(0.534, within(0.0006));
        assertThat(first(ED, padded, 1024, 64) / first(DEC, padded, 1024, 64)).isCloseTo(0.637, within(0.0006));
        var logits = new Scenario(Cache.SHARED, true, true);
        assertThat(first(ED, logits, 1024, 256) / first(DEC, logits, 1024, 256)).isCloseTo(0.483, within(0.0006));
        assertThat(first(ED, logits, 1024, 64) / first(DEC, logits, 1024, 64)).isCloseTo(0.576, within(0.0006));
    }

    @Test
    void logitsEverywhereCostAHeadForEachPositionThatIsRead() {
        var all = new Scenario(Cache.SHARED, true, false);
        assertThat(Call.first(DEC, all, 512, 64).flops()).isEqualTo(read(513, 2, 513));
        assertThat(Call.first(ED, all, 512, 64).flops()).as("its decoder reads the start token alone").isEqualTo(Call.first(ED, Scenario.LEAN, 512,
                64).flops());
        assertThat(Call.later(DEC, all, 512, 64, 3).flops()).isEqualTo(Call.later(DEC, Scenario.LEAN, 512, 64, 3).flops());
    }

    @Test
    void withoutACacheEveryTokenReadsAllBeforeIt() {
        var none = new Scenario(Cache.NONE, false, false);
        long sum = Call.first(DEC, none, 128, 64).flops();
        for (int i = 1; i < 64; i++) {
            assertThat(Call.later(DEC, none, 128, 64, i).flops()).isEqualTo(read(129 + i, 2, 1));
            sum += Call.later(DEC, none, 128, 64, i).flops();
            long t = i + 1L;
            assertThat(Call.later(ED, none, 128, 64, i).flops())
                    .isEqualTo(2 * 10 * t * (DECODER_LAYER - CROSS) + 4 * t * 128 * A * 10 + 2 * t * t * A * 10 + 2 * HEAD);
        }
        assertThat(sum / 1e9).as("GFLOP of n = 128, m = 64").isCloseTo(5903, within(0.01 * 5903));
    }

    @Test
    void aCopiedCacheIsReadAndWrittenAgain() {
        var copied = new Scenario(Cache.COPIED, false, false);
        assertThat(Call.later(DEC, copied, 1024, 64, 32).copiedBytes()).isEqualTo(2 * 4 * 2 * K * 30 * (1024 + 1 + 32));
        assertThat(Call.later(ED, copied, 1024, 64, 32).copiedBytes()).as("what is computed once per source is never copied")
                .isEqualTo(2 * 4 * 2 * K * 10 * (1 + 32));
    }

    @Test
    void theLimitsOfTheClaimAreThoseOfArithmetic() {
        assertThat((20.0 * LAYER + 10 * CROSS) / (30 * LAYER)).as("first token, short sources").isCloseTo(0.680, within(0.0005));
        double layers = (first(ED, Scenario.LEAN, 64, 2) - 2 * HEAD) / (first(DEC, Scenario.LEAN, 64, 2) - 2 * HEAD);
        assertThat(layers).as("the graph's, without the head").isCloseTo(0.680, within(0.012));
        double bytes = (double) Call.later(DEC, Scenario.LEAN, 1, 2, 1).weightBytes() / Call.later(ED, Scenario.LEAN, 1, 2, 1).weightBytes();
        assertThat(bytes).as("later tokens").isCloseTo(2.345, within(0.0005));
        assertThat(IntStream.of(128, 512, 1024, 2048, 4096).mapToDouble(n -> 1 - first(ED, Scenario.LEAN, n, 1) / first(DEC, Scenario.LEAN, n,
                1)).toArray())
                .as("saving falls with length: 31, 31, 29, 27, 23 %").containsExactly(new double[] {0.31, 0.31, 0.29, 0.27, 0.23}, within(0.012));
    }
}
