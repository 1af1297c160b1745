package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.Logits;
import org.encore.api.run.Event;
import org.encore.bench.Contestant;
import org.encore.bench.Evidence;
import org.encore.bench.Protocol;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.Witness;
import org.encore.experiment.benchmark.RaceCourse;
import org.encore.experiment.result.LiveRun;
import org.encore.experiment.run.EventJson;
import org.encore.testing.SameToken;
import org.junit.jupiter.api.Test;

/** A race can be watched while it goes on, and is seen once when it is over. */
class RaceCourseTest {

    private static final long TURN_NANOS = 100_000_000;

    private final List<Event> told = new ArrayList<>();
    private final List<Integer> toldBefore = new ArrayList<>();
    private long now;

    /** Whose turn takes a tenth of a second on the clock of this test. */
    private final class Slow extends SameToken {

        @Override
        public Logits start(int[][] sources) {
            toldBefore.add(repeats().size());
            now += TURN_NANOS;
            return super.start(sources);
        }
    }

    private List<Event.RaceRepeat> repeats() {
        return told.stream().filter(Event.RaceRepeat.class::isInstance).map(Event.RaceRepeat.class::cast).toList();
    }

    private RaceResult race(int repeats) {
        var protocol = new Protocol(0, repeats, 2, 1);
        return Race.run(protocol, List.of(new Contestant("a", new Slow()), new Contestant("b", new Slow())), List.of(new int[] {1}), Witness.none(),
                new RaceCourse(protocol, 3, told::add, () -> now), () -> false);
    }

    @Test
    void timesAreToldWhileTheRaceGoesOnAtMostOnceASecond() {
        RaceResult result = race(40);
        assertThat(repeats()).extracting(Event.RaceRepeat::repeat).as("a repeat is three turns of 0.1 s")
                .containsExactly(0, 4, 8, 12, 16, 20, 24, 28, 32, 36);
        assertThat(toldBefore.getLast()).as("known before the last turn").isEqualTo(10);
        for (Event.RaceRepeat repeat : repeats()) {
            assertThat(repeat.turns()).isEqualTo(result.samples().stream().filter(sample -> sample.repeat() == repeat.repeat())
                    .map(sample -> new Event.Turn(sample.contestant(), sample.firstTokenMillis(), sample.perTokenMillis())).toList());
            assertThat(EventJson.read(EventJson.write(Instant.EPOCH, repeat)).orElseThrow().event()).isEqualTo(repeat);
        }
        assertThat(told.stream().filter(Event.Progress.class::isInstance).count()).as("with how far it is, and the warm-up no oftener")
                .isBetween(10L, 20L);
    }

    @Test
    void aRaceThatIsOverHasEachOfItsRepeatsOnceHoweverOftenItIsReplayed() {
        RaceResult result = race(40);
        var live = new LiveRun();
        told.forEach(live::on);
        assertThat(live.samples().get("a")).hasSize(10);
        List<Event> all = new ArrayList<>(told);
        result.samples().forEach(s -> all.add(new Event.Sample(s.contestant(), s.repeat(), s.firstTokenMillis(), s.perTokenMillis(), false)));
        all.subList(told.size(), all.size()).forEach(live::on);
        assertThat(live.samples().get("a")).extracting(Event.Sample::repeat).hasSize(40).doesNotHaveDuplicates();
        Map<String, List<Event.Sample>> seen = live.samples();
        var replayed = new LiveRun();
        all.forEach(replayed::on);
        assertThat(replayed.samples()).isEqualTo(seen);
        all.forEach(replayed::on); // measured again
        assertThat(replayed.samples()).isEqualTo(seen);
        told.forEach(replayed::on);
        assertThat(replayed.samples().get("b")).as("a second race, half way").hasSize(10);
    }

    @Test
    void aRepeatThatIsKnownToHaveBeenDisturbedIsToldSo() {
        var course = new RaceCourse(new Protocol(0, 3, 2, 1), 2, told::add, () -> now);
        for (int repeat = 0; repeat < 3; repeat++) {
            var evidence = new Evidence(1000, 2, repeat == 1 ? 500 : 0, 0, 0);
            course.counted(new Sample("a", repeat, 10, 1, Optional.of(evidence)));
            course.counted(new Sample(Race.AGAIN, repeat, 10, 1, Optional.of(new Evidence(1000, 2, 0, 0, 0))));
            course.repeated(repeat);
            now += 2_000_000_000L;
        }
        assertThat(repeats()).extracting(Event.RaceRepeat::voided).containsExactly(false, true, false);
        var live = new LiveRun();
        told.forEach(live::on);
        assertThat(live.samples().get("a")).extracting(Event.Sample::voided).containsExactly(false, true, false);
    }
}
