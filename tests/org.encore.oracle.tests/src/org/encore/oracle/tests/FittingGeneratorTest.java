package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.encore.api.inference.FittingGenerator;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowsTogether;
import org.encore.onnx.OrtCpu;
import org.encore.testing.Case;
import org.junit.jupiter.api.Test;

/** A long row costs the rows beside it no memory, and what is generated is the same to the bit. */
class FittingGeneratorTest {

    private static final int TOKENS = 6;
    /** Of {@link Cases}: heads of 8 and 16 numbers, without relative positions. */
    private static final Pattern FUSED = Pattern.compile(
            "(?!.*relative).*(causal|prefix|encoder-decoder|weighted|gated|decoder-decoder|windowed) [124]");

    /** Rows and tokens of each generator that was made. */
    private record Made(int rows, int tokens) {}

    @Test
    void aFewGeneratorsAreAsLargeAsTheirRowsNeedAndOneIsThereAtATime() {
        var random = new Random(3);
        int[][] rows = IntStream.range(0, 400).mapToObj(i -> new int[1 + random.nextInt(20 + i * 5)]).toArray(int[][]::new);
        var made = new ArrayList<Made>();
        var open = new int[1];
        try (var room = new FittingGenerator((most, tokens) -> {
            made.add(new Made(most, tokens));
            assertThat(++open[0]).as("the one before is closed").isEqualTo(1);
            return new Nothing(() -> open[0]--);
        }, RowsTogether.longest(rows) + TOKENS)) {
            for (List<Integer> part : RowsTogether.parts(rows, 64)) {
                int longest = part.stream().mapToInt(i -> rows[i].length).max().orElseThrow() + TOKENS;
                room.of(part.size(), longest);
                assertThat(made.getLast().rows()).isGreaterThanOrEqualTo(part.size());
                assertThat(made.getLast().tokens()).isBetween(longest, RowsTogether.longest(rows) + TOKENS);
            }
        }
        assertThat(open[0]).isZero();
        assertThat(made.size()).isBetween(2, 12);
        assertThat(made).allSatisfy(one -> assertThat(one.rows() * one.tokens()).isLessThan(64 * RowsTogether.longest(rows) / 2));
    }

    @Test
    void shortRowsHaveOneGenerator() {
        var made = new ArrayList<Made>();
        try (var room = new FittingGenerator((rows, tokens) -> {
            made.add(new Made(rows, tokens));
            return new Nothing(() -> { });
        }, 200)) {
            Generator first = room.of(64, 10);
            assertThat(room.of(64, 90)).isSameAs(first);
            assertThat(room.of(3, 200)).isSameAs(first);
        }
        assertThat(made).containsExactly(new Made(64, 200));
    }

    /** Of the sizes that a fused attention takes; other attention sums over all of the room. */
    @Test
    void howMuchRoomThereIsChangesNoBitWhereAttentionIsFused() {
        for (Case c : Cases.all()) {
            int[][] sources = c.inputs().sources();
            int longest = RowsTogether.longest(sources) + 1 + TOKENS;
            try (LoadedModel model = new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1));
                    Generator large = model.generator(sources.length * 3, longest * 7); Generator small = model.generator(sources.length, longest)) {
                Logits expected = large.start(sources);
                Logits given = small.start(sources);
                for (int i = 0; i < TOKENS; i++) {
                    if (FUSED.matcher(c.name()).matches()) {
                        assertThat(bits(given)).as("%s, token %d", c.name(), i).containsExactly(bits(expected));
                    }
                    for (int at = 0; at < given.rows() * given.vocabulary(); at++) {
                        assertThat(given.values().get(at)).as("%s, token %d", c.name(), i).isCloseTo(expected.values().get(at), within(1e-5f));
                    }
                    Logits said = given;
                    int[] next = IntStream.range(0, sources.length).map(said::argMax).toArray();
                    expected = large.next(next);
                    given = small.next(next);
                }
            }
        }
    }

    private static int[] bits(Logits logits) {
        return IntStream.range(0, logits.rows() * logits.vocabulary()).map(i -> Float.floatToRawIntBits(logits.values().get(i))).toArray();
    }

    /** Room alone. */
    private record Nothing(Runnable closed) implements Generator {

        @Override
        public Logits start(int[][] sources) {
            throw new AssertionError("nothing is generated");
        }

        @Override
        public Logits next(int[] tokens) {
            throw new AssertionError("nothing is generated");
        }

        @Override
        public void select(int[] rows) {
            throw new AssertionError("nothing is generated");
        }

        @Override
        public void rewind(int tokens) {
            throw new AssertionError("nothing is generated");
        }

        @Override
        public int rows() {
            return 0;
        }

        @Override
        public void close() {
            closed.run();
        }
    }
}
