package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.bench.Contestant;
import org.encore.bench.Machine;
import org.encore.bench.Protocol;
import org.encore.bench.Quantity;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.junit.jupiter.api.Test;

class RaceTest {

    /** Counts turns and tokens, and does an amount of work. */
    private static final class Worker implements Generator {
        private final String name;
        private final List<String> turns;
        private int tokens;

        Worker(String name, List<String> turns) {
            this.name = name;
            this.turns = turns;
        }

        @Override
        public Logits start(int[][] sources) {
            turns.add(name);
            tokens = 1;
            return new Logits(1, 2, FloatBuffer.wrap(new float[] {0, 1}));
        }

        @Override
        public Logits next(int[] given) {
            tokens++;
            return new Logits(1, 2, FloatBuffer.wrap(new float[] {0, 1}));
        }

        @Override
        public void select(int[] rows) {
            throw new UnsupportedOperationException("a race selects no rows");
        }

        @Override
        public void rewind(int count) {
            throw new UnsupportedOperationException("a race takes nothing back");
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public void close() {
            tokens = 0;
        }
    }

    private final List<String> turns = new ArrayList<>();
    private final Worker a = new Worker("a", turns);
    private final Worker b = new Worker("b", turns);
    private final List<Contestant> both = List.of(new Contestant("a", a), new Contestant("b", b));

    @Test
    void everyModelHasOneTurnInEveryRepeatAndTheFirstOneMore() {
        var followed = new ArrayList<Sample>();
        RaceResult result = Race.run(new Protocol(2, 10, 5, 1), both, List.of(new int[] {1}), followed::add, () -> false);
        assertThat(turns).hasSize(12 * 3);
        for (int repeat = 0; repeat < 12; repeat++) {
            assertThat(turns.subList(3 * repeat, 3 * repeat + 3)).containsExactlyInAnyOrder("a", "a", "b");
        }
        assertThat(followed).hasSize(30);
        assertThat(result.samples().stream().map(Sample::contestant).distinct()).containsExactlyInAnyOrder("a", "b", Race.AGAIN);
        assertThat(a.tokens).isEqualTo(5);
    }

    @Test
    void theOrderOfTurnsChangesAndIsGivenByTheSeed() {
        Race.run(new Protocol(0, 20, 2, 7), both, List.of(new int[] {1}), s -> { }, () -> false);
        var first = List.copyOf(turns);
        turns.clear();
        Race.run(new Protocol(0, 20, 2, 7), both, List.of(new int[] {1}), s -> { }, () -> false);
        assertThat(turns).isEqualTo(first);
        assertThat(first.indexOf("b") % 3 == 0 && first.lastIndexOf("b") % 3 == 0 && first.subList(0, 6).equals(first.subList(6, 12))).isFalse();
    }

    @Test
    void aDisturbedRepeatIsVoidedForAllAndKept() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 20; repeat++) {
            samples.add(new Sample("a", repeat, repeat == 4 ? 90 : 10, 1));
            samples.add(new Sample("b", repeat, 5, 1));
        }
        var result = new RaceResult(new Protocol(0, 20, 2, 1), List.of("a", "b"), samples);
        assertThat(result.voided()).containsExactly(4);
        assertThat(result.samples()).hasSize(40);
        assertThat(result.estimate("b", Quantity.FIRST_TOKEN).count()).isEqualTo(19);
        assertThat(result.ratio("a", "b", Quantity.FIRST_TOKEN).median()).isCloseTo(2, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(result.ratio("a", "b", Quantity.FIRST_TOKEN).count()).isEqualTo(19);
    }

    @Test
    void aRaceStopsWhenAsked() {
        assertThatThrownBy(() -> Race.run(new Protocol(0, 1000, 2, 7), both, List.of(new int[] {1}), s -> { }, () -> turns.size() > 10))
                .isInstanceOf(CancellationException.class);
        assertThat(turns).hasSize(11);
    }

    @Test
    void theMachineSaysWhatItIs() {
        assertThat(Machine.environment()).containsKeys("processor", "cores", "memory", "java", "load");
        assertThat(Machine.fingerprint()).isEqualTo(Machine.fingerprint()).isNotBlank();
        assertThat(Machine.peakResidentBytes()).isGreaterThan(10_000_000);
    }
}
