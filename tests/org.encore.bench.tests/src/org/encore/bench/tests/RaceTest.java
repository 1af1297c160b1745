package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.encore.api.inference.Logits;
import org.encore.bench.Contestant;
import org.encore.bench.Follower;
import org.encore.bench.Machine;
import org.encore.bench.Protocol;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.Witness;
import org.encore.testing.SameToken;
import org.junit.jupiter.api.Test;

class RaceTest {

    /** Counts turns and tokens. */
    private static final class Worker extends SameToken {
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
            return super.start(sources);
        }

        @Override
        public Logits next(int[] given) {
            tokens++;
            return super.next(given);
        }
    }

    private final List<String> turns = new ArrayList<>();
    private final Worker a = new Worker("a", turns);
    private final Worker b = new Worker("b", turns);
    private final List<Contestant> both = List.of(new Contestant("a", a), new Contestant("b", b));

    private RaceResult run(Protocol protocol, Consumer<Sample> follow) {
        return Race.run(protocol, both, List.of(new int[] {1}), Witness.none(), follow::accept, () -> false);
    }

    @Test
    void everyModelHasOneTurnInEveryRepeatAndTheFirstOneMore() {
        var followed = new ArrayList<Sample>();
        RaceResult result = run(new Protocol(2, 10, 5, 1), followed::add);
        int repeats = result.warmup().repeats() + 10;
        assertThat(repeats).isBetween(12, 20);
        assertThat(turns).hasSize(repeats * 3);
        for (int repeat = 0; repeat < repeats; repeat++) {
            assertThat(turns.subList(3 * repeat, 3 * repeat + 3)).containsExactlyInAnyOrder("a", "a", "b");
        }
        assertThat(followed).hasSize(30);
        assertThat(result.samples().stream().map(Sample::contestant).distinct()).containsExactlyInAnyOrder("a", "b", Race.AGAIN);
        assertThat(a.tokens).isEqualTo(5);
    }

    @Test
    void whoFollowsHasTimeBetweenRepeatsAndNeverBetweenTurnsThatAreCompared() {
        var turnsBefore = new ArrayList<Integer>();
        var repeats = new ArrayList<Integer>();
        RaceResult result = Race.run(new Protocol(0, 10, 5, 1), both, List.of(new int[] {1}), Witness.none(), new Follower() {
            @Override
            public void counted(Sample sample) {
                assertThat(sample.repeat()).isEqualTo(repeats.size());
            }

            @Override
            public void repeated(int repeat) {
                repeats.add(repeat);
                turnsBefore.add(turns.size());
            }
        }, () -> false);
        int warm = result.warmup().repeats();
        assertThat(repeats).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(turnsBefore).isEqualTo(repeats.stream().map(repeat -> 3 * (warm + repeat + 1)).toList());
    }

    @Test
    void theOrderOfTurnsChangesAndIsGivenByTheSeed() {
        List<String> first = order(7);
        assertThat(order(7)).isEqualTo(first);
        assertThat(order(8)).isNotEqualTo(first);
    }

    private List<String> order(long seed) {
        return run(new Protocol(0, 20, 2, seed), s -> { }).samples().stream().map(Sample::contestant).toList();
    }

    @Test
    void everyModelHasEveryPlaceAboutEquallyOften() {
        RaceResult result = run(new Protocol(0, 300, 2, 7), s -> { });
        for (String id : List.of("a", "b", Race.AGAIN)) {
            var places = new int[3];
            for (int i = 0; i < result.samples().size(); i++) {
                assertThat(result.samples().get(i).repeat()).isEqualTo(i / 3);   // samples keep the order in which they were taken
                places[i % 3] += result.samples().get(i).contestant().equals(id) ? 1 : 0;
            }
            // 100 expected, standard deviation 8
            assertThat(places).as(id).satisfies(counts -> assertThat(java.util.Arrays.stream(counts).allMatch(n -> n > 70 && n < 130)).isTrue());
        }
    }

    @Test
    void aRaceThatCouldNotBeReadIsRefused() {
        var sources = List.of(new int[] {1});
        var protocol = new Protocol(0, 10, 2, 7);
        assertThatThrownBy(() -> Race.run(protocol, List.of(new Contestant("again", a)), sources, Witness.none(), s -> { }, () -> false))
                .hasMessage("no model can be called 'again', the name of the first model's second turn. Give it another name.");
        var twins = List.of(new Contestant("a", a), new Contestant("a", b));
        assertThatThrownBy(() -> Race.run(protocol, twins, sources, Witness.none(), s -> { }, () -> false))
                .hasMessage("two models of [a, a] have the same name. Give each a name of its own.");
        assertThatThrownBy(() -> Race.run(protocol, List.of(), sources, Witness.none(), s -> { }, () -> false))
                .hasMessage("0 models and 1 sources: give at least one of each");
        assertThatThrownBy(() -> Race.run(protocol, both, List.of(), Witness.none(), s -> { }, () -> false))
                .hasMessage("2 models and 0 sources: give at least one of each");
        assertThat(turns).isEmpty();
    }

    @Test
    void aRaceStopsWhenAsked() {
        assertThatThrownBy(() -> Race.run(new Protocol(0, 1000, 2, 7), both, List.of(new int[] {1}), Witness.none(), s -> { },
                () -> turns.size() > 10))
                .isInstanceOf(CancellationException.class);
        assertThat(turns).hasSize(11);
    }

    @Test
    void theMachineSaysWhatItIs() {
        assertThat(Machine.environment()).containsKeys("processor", "cores", "memory", "java", "load", "cgroupCores", "cgroupMemoryBytes");
        assertThat(Machine.fingerprint()).isEqualTo(Machine.fingerprint()).isNotBlank();
        assertThat(Machine.peakResidentBytes()).isGreaterThan(10_000_000);
    }
}
