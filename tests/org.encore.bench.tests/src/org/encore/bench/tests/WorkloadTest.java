package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.bench.Contestant;
import org.encore.bench.Protocol;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.Witness;
import org.encore.bench.workload.Batch;
import org.encore.bench.workload.Chat;
import org.encore.bench.workload.Clock;
import org.encore.bench.workload.Served;
import org.encore.bench.workload.Server;
import org.encore.bench.workload.SharedPrefix;
import org.encore.bench.workload.Workload;
import org.junit.jupiter.api.Test;

/** What a model is asked in a turn, and what the clock takes down of it. */
class WorkloadTest {

    private static final int ANSWER = 1;

    /** Says what it is asked, and always answers with the same token. */
    private static class Listening implements Generator {
        private final List<String> asked = new ArrayList<>();
        private final boolean readsOn;
        private int rows;

        Listening(boolean readsOn) {
            this.readsOn = readsOn;
        }

        private Logits logits() {
            var values = new float[2 * rows];
            for (int row = 0; row < rows; row++) {
                values[2 * row + ANSWER] = 1;
            }
            return new Logits(rows, 2, FloatBuffer.wrap(values));
        }

        @Override
        public Logits start(int[][] sources) {
            rows = sources.length;
            asked.add("start " + Arrays.deepToString(sources));
            return logits();
        }

        @Override
        public Logits next(int[] tokens) {
            asked.add("next " + Arrays.toString(tokens));
            return logits();
        }

        @Override
        public boolean readsOn() {
            return readsOn;
        }

        @Override
        public Logits readOn(int[] more) {
            asked.add("read on " + Arrays.toString(more));
            return logits();
        }

        @Override
        public void rewind(int tokens) {
            asked.add("rewind " + tokens);
        }

        @Override
        public void select(int[] order) {
            throw new UnsupportedOperationException("no workload selects rows");
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public void close() {
            asked.clear();
        }
    }

    private static List<Served> turn(Workload workload, Listening generator, int target, int[]... sources) {
        var clock = new Clock(workload.requests(), target);
        clock.reset();
        workload.turn(new Workload.Material(List.of(sources), 0, target), generator, clock);
        return clock.served();
    }

    @Test
    void aBatchIsAskedSideBySide() {
        var generator = new Listening(true);
        List<Served> served = turn(new Batch(2), generator, 3, new int[] {5, 6}, new int[] {7, 8});
        assertThat(generator.asked).containsExactly("start [[5, 6], [7, 8]]", "next [1, 1]", "next [1, 1]");
        assertThat(served).hasSize(1);
        assertThat(served.getFirst().laterMillis()).hasSize(2);
    }

    @Test
    void aChatReadsOnlyWhatIsNewWhereTheModelCan() {
        var chat = new Chat(3, 2, true);
        assertThat(chat.length(3, 2)).isEqualTo(7);
        assertThat(chat.room(3, 2)).isEqualTo(7 + 3 * 3);
        var generator = new Listening(true);
        List<Served> served = turn(chat, generator, 2, new int[] {11, 12, 13, 21, 22, 31, 32});
        // the last token of an answer was chosen, but never read: it goes before the next message
        assertThat(generator.asked).containsExactly("start [[11, 12, 13]]", "next [1]", "read on [1, 21, 22]", "next [1]", "read on [1, 31, 32]", "next [1]");
        assertThat(served).extracting(Served::read).containsExactly(3, 3, 3);
        assertThat(served).extracting(Served::kept).containsExactly(0, 4, 8);
    }

    @Test
    void aChatReadsEverythingAgainWhereTheModelCannotOrIsNotToKeepCaches() {
        for (var each : List.of(new Object[] {new Chat(2, 2, true), false}, new Object[] {new Chat(2, 2, false), true})) {
            var generator = new Listening((boolean) each[1]);
            List<Served> served = turn((Workload) each[0], generator, 2, new int[] {11, 12, 13, 21, 22});
            assertThat(generator.asked).containsExactly("start [[11, 12, 13]]", "next [1]", "start [[11, 12, 13, 1, 1, 21, 22]]", "next [1]");
            assertThat(served).extracting(Served::read).containsExactly(3, 7);
            assertThat(served).extracting(Served::kept).containsExactly(0, 0);
        }
    }

    @Test
    void aSharedPrefixIsReadBeforeTheClockRuns() {
        var generator = new Listening(true);
        List<Served> served = turn(new SharedPrefix(0.5), generator, 2, new int[] {1, 2, 3, 4});
        assertThat(generator.asked).containsExactly("start [[1, 2]]", "rewind 1", "read on [3, 4]", "next [1]");
        assertThat(served.getFirst().read()).isEqualTo(2);
        assertThat(served.getFirst().kept()).isEqualTo(2);
        var whole = new Listening(false);
        assertThat(turn(new SharedPrefix(0.5), whole, 2, new int[] {1, 2, 3, 4}).getFirst().read()).isEqualTo(4);
        assertThat(whole.asked).containsExactly("start [[1, 2, 3, 4]]", "next [1]");
    }

    @Test
    void requestsOfAServerArriveAsTheSeedSaysAndWaitForEachOther() {
        var server = new Server(1000, 5, 7);
        List<Double> once = arrivals(server);
        assertThat(arrivals(server)).usingElementComparator((a, b) -> Math.abs(a - b) < 0.01 ? 0 : 1).isEqualTo(once);
        assertThat(once).isSorted().allMatch(millis -> millis > 0);
        assertThat(arrivals(new Server(1000, 5, 8)).getFirst()).isNotCloseTo(once.getFirst(), within(0.01));
        assertThat(once.getLast()).as("five at a thousand in a second").isLessThan(50);
    }

    private static List<Double> arrivals(Server server) {
        return turn(server, new Listening(true), 2, new int[] {1}).stream().map(Served::askedMillis).toList();
    }

    @Test
    void aRequestThatHadToWaitHasWaitedForItsFirstToken() {
        var slow = new Listening(true) {
            @Override
            public Logits start(int[][] sources) {
                long end = System.nanoTime() + 5_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return super.start(sources);
            }
        };
        List<Served> served = turn(new Server(1e6, 4, 1), slow, 2, new int[] {1});
        for (int i = 0; i < served.size(); i++) {
            assertThat(served.get(i).firstTokenMillis()).as("request %d of four that are there at once", i).isGreaterThan(4.9 * (i + 1));
        }
    }

    @Test
    void aRaceOfChatsHasEveryMessageAndTheMeanOfThem() {
        RaceResult result = Race.run(new Protocol(0, 6, 3, 1), List.of(new Contestant("a", new Listening(true))), new Chat(2, 1, true), List.of(new int[] {1, 2, 3}),
                Witness.none(), sample -> { }, () -> false);
        assertThat(result.firstTokens("a")).hasSize(2);
        Sample sample = result.samples().getFirst();
        assertThat(sample.requests()).hasSize(2);
        assertThat(sample.laterMillis()).hasSize(4);
        double mean = sample.requests().stream().mapToDouble(Served::firstTokenMillis).average().orElseThrow();
        assertThat(sample.firstTokenMillis()).isCloseTo(mean, within(1e-9));
        assertThat(sample.endToEndMillis()).as("one message and its answer").isCloseTo(mean + 2 * sample.perTokenMillis(), within(1e-9));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Batch(0)).hasMessage("a batch of 0 rows: give at least 1");
        assertThatThrownBy(() -> new SharedPrefix(1)).hasMessage("a shared prefix of 1.0 of the source: give a number between 0 and 1");
        assertThatThrownBy(() -> new Chat(2, 0, true)).hasMessage("a chat of 2 messages of 0 tokens: give at least 1 of each");
        assertThatThrownBy(() -> new Server(0, 1, 1)).hasMessageContaining("give at least 1, and a positive number");
    }
}
