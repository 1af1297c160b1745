package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.bench.Contestant;
import org.encore.bench.Counters;
import org.encore.bench.Evidence;
import org.encore.bench.Protocol;
import org.encore.bench.Quantity;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.VoidingRule;
import org.encore.bench.Warmup;
import org.encore.bench.Witness;
import org.encore.testing.SameToken;
import org.junit.jupiter.api.Test;

/** Repeats are voided by what the system says, and never by how long they took. */
class VoidingTest {

    private static final Warmup WARMUP = new Warmup(10, true);

    /** On a machine of two cores. */
    private static Evidence evidence(double wall, double steal, double wait, double foreign) {
        return new Evidence(wall, 2, steal, wait, foreign);
    }

    private static Sample sample(String model, int repeat, double millis, Evidence evidence) {
        return new Sample(model, repeat, millis, 1, Optional.of(evidence));
    }

    @Test
    void aSlowRepeatWithoutEvidenceCounts() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 20; repeat++) {
            samples.add(sample("a", repeat, repeat == 4 ? 900 : 10, evidence(1000, 0, 10, 20)));
            samples.add(new Sample("b", repeat, repeat == 5 ? 900 : 10, 1, Optional.empty()));
        }
        assertThat(VoidingRule.voided(samples)).isEmpty();
        var result = new RaceResult(new Protocol(0, 20, 2, 1), List.of("a", "b"), WARMUP, samples);
        assertThat(result.estimate("a", Quantity.FIRST_TOKEN).count()).isEqualTo(20);
        assertThat(result.noisy()).isFalse();
    }

    @Test
    void aDisturbedTurnVoidsItsRepeatForAllAndIsKept() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 20; repeat++) {
            samples.add(sample("a", repeat, 10, evidence(1000, 0, repeat == 4 ? 51 : 49, 60)));
            samples.add(sample("b", repeat, 5, evidence(1000, repeat == 7 ? 60 : 50, 0, repeat == 9 ? 210 : 200)));
        }
        var result = new RaceResult(new Protocol(0, 18, 2, 1), List.of("a", "b"), WARMUP, samples);
        assertThat(result.voided()).containsExactlyInAnyOrder(4, 7, 9);
        assertThat(result.samples()).hasSize(40);
        assertThat(result.estimate("b", Quantity.FIRST_TOKEN).count()).isEqualTo(17);
        assertThat(result.ratio("a", "b", Quantity.FIRST_TOKEN).count()).isEqualTo(17);
        assertThat(result.ratio("a", "b", Quantity.FIRST_TOKEN).value()).isCloseTo(2, within(1e-9));
        assertThat(result.noisy()).as("17 of 18 are left").isTrue();
    }

    /** Steal is counted in ticks of 10 ms: one tick says nothing of a turn of 5 ms, five ticks say much of the half second around them. */
    @Test
    void ticksAreJudgedOverStretchesOfHalfASecond() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 300; repeat++) {
            boolean stolen = repeat >= 150 && repeat < 155;
            samples.add(sample("a", repeat, 5, evidence(5, stolen || repeat == 10 ? 10 : 0, 0, 0)));
        }
        assertThat(VoidingRule.voided(samples)).hasSize(100).contains(100, 150, 199).doesNotContain(10, 99, 200);
    }

    @Test
    void aProcessThatWaitsForItselfIsNotDisturbed() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 20; repeat++) {
            samples.add(sample("a", repeat, 10, evidence(1000, 0, 3000, repeat == 6 ? 51 : 50)));
        }
        assertThat(VoidingRule.voided(samples)).as("but where others had a core, nobody knows whom it waited for").containsExactly(6);
    }

    @Test
    void shortTurnsShareAReading() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 20; repeat++) {
            Optional<Evidence> evidence = repeat % 4 == 3 ? Optional.of(evidence(25, 0, repeat == 11 ? 20 : 0, 2)) : Optional.empty();
            samples.add(new Sample("a", repeat, 5, 1, evidence));
        }
        assertThat(VoidingRule.voided(samples)).containsExactlyInAnyOrder(8, 9, 10, 11);
    }

    @Test
    void theRestAtTheEndBelongsToTheStretchBeforeIt() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 6; repeat++) {
            samples.add(sample("a", repeat, 200, evidence(200, repeat == 5 ? 100 : 0, 0, 0)));   // stretches: 0 1 2, 3 4 5
        }
        samples.add(sample("a", 6, 200, evidence(200, 0, 0, 0)));
        assertThat(VoidingRule.voided(samples)).containsExactlyInAnyOrder(3, 4, 5, 6);
        assertThat(VoidingRule.voided(samples.subList(5, 6))).as("too short to tell").isEmpty();
    }

    @Test
    void whereMostWasDisturbedEverythingIsReported() {
        var samples = new ArrayList<Sample>();
        for (int repeat = 0; repeat < 40; repeat++) {
            samples.add(sample("a", repeat, 10, evidence(1000, 0, repeat < 25 ? 500 : 0, 100)));
        }
        var result = new RaceResult(new Protocol(0, 20, 2, 1), List.of("a"), WARMUP, samples);
        assertThat(result.voided()).hasSize(25);
        assertThat(result.noisy()).isTrue();
        assertThat(result.disturbedThroughout()).isTrue();
        assertThat(result.estimate("a", Quantity.FIRST_TOKEN).count()).isEqualTo(40);
    }

    /** A system in which time passes by 100 ms from reading to reading, others have a tenth of a core, and threads wait during given turns. */
    private static Witness waitingWhile(BooleanSupplier waits) {
        var readings = new long[2];
        return () -> {
            readings[0]++;
            readings[1] += waits.getAsBoolean() ? 30_000_000 : 0;
            return Optional.of(new Counters(readings[0] * 100_000_000, 2, 0, readings[0] * 10, Map.of("1", new Counters.Thread(0, readings[1]))));
        };
    }

    private static RaceResult race(int repeats, Witness witness, List<Sample> followed) {
        var both = List.of(new Contestant("a", new SameToken()), new Contestant("b", new SameToken()));
        return Race.run(new Protocol(0, repeats, 2, 1), both, List.of(new int[] {1}), witness, followed::add, () -> false);
    }

    @Test
    void aVoidedRepeatIsRunAgain() {
        var followed = new ArrayList<Sample>();
        RaceResult result = race(20, waitingWhile(() -> followed.size() == 3 * 4 + 1 || followed.size() == 3 * 20), followed);
        assertThat(result.voided()).as("the fifth, and the first that was run again").containsExactlyInAnyOrder(4, 20);
        assertThat(result.repeats()).isEqualTo(22);
        assertThat(result.noisy()).isFalse();
        assertThat(result.hasEvidence()).isTrue();
        assertThat(result.samples()).isEqualTo(followed).hasSize(66);
    }

    @Test
    void aRaceThatIsDisturbedThroughoutEndsAndIsNoisy() {
        RaceResult result = race(10, waitingWhile(() -> true), new ArrayList<>());
        assertThat(result.repeats()).isEqualTo(20);
        assertThat(result.voided()).hasSize(20);
        assertThat(result.noisy()).isTrue();
    }

    /** Wants to be left alone for an hour. */
    private record Resting(Witness witness) implements Witness {

        @Override
        public Optional<Counters> counters() {
            return witness.counters();
        }

        @Override
        public double restMillis() {
            return 3_600_000;
        }
    }

    @Test
    void warmUpIsNotJudged() {
        var readings = new int[1];
        Witness disturbedBefore = waitingWhile(() -> ++readings[0] <= 2);
        assertThat(race(10, new Resting(disturbedBefore), new ArrayList<>()).voided()).isEmpty();
        assertThat(readings[0]).as("before warm-up, after it, at the end").isEqualTo(3);
    }

    /** Of turns that take no time only the last is followed by a reading, and is judged with all before it. */
    @Test
    void theEndOfARaceIsJudgedHoweverShortItWas() {
        RaceResult result = race(10, new Resting(waitingWhile(() -> true)), new ArrayList<>());
        // the end, and the end of what was run again
        assertThat(result.samples().stream().filter(sample -> sample.evidence().isPresent())).hasSize(2);
        assertThat(result.voided()).hasSize(20);
    }

    @Test
    void withoutEvidenceNothingIsVoided() {
        RaceResult result = race(10, Witness.none(), new ArrayList<>());
        assertThat(result.hasEvidence()).isFalse();
        assertThat(result.voided()).isEmpty();
        assertThat(result.repeats()).isEqualTo(10);
    }
}
