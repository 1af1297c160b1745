package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.encore.api.inference.RowsTogether;
import org.junit.jupiter.api.Test;

/** Memory does not grow with the square of how long a row is. */
class RowsTogetherTest {

    private static final int WANTED = 64;
    private static final long PAIRS = 1 << 23;

    @Test
    void shortRowsAreReadInPartsAsLargeAsIsWanted() {
        assertThat(RowsTogether.of(WANTED, 1)).isEqualTo(WANTED);
        assertThat(RowsTogether.of(WANTED, 362)).isEqualTo(WANTED);
        assertThat(RowsTogether.parts(new int[200][50], WANTED)).extracting(List::size).containsExactly(64, 64, 64, 8);
    }

    @Test
    void ofLongRowsFewerAreReadTogetherAndOneAlways() {
        assertThat(RowsTogether.of(WANTED, 2_000)).isEqualTo(2);
        assertThat(RowsTogether.of(WANTED, 1_000_000)).isEqualTo(1);
    }

    @Test
    void everyRowIsInOnePartBesideOthersOfItsLength() {
        var random = new Random(7);
        int[][] rows = IntStream.range(0, 500).mapToObj(i -> new int[1 + random.nextInt(3_000)]).toArray(int[][]::new);
        List<List<Integer>> parts = RowsTogether.parts(rows, WANTED);
        var all = new ArrayList<Integer>();
        int before = 0;
        for (List<Integer> part : parts) {
            int longest = part.stream().mapToInt(row -> rows[row].length).max().orElseThrow();
            assertThat(part).hasSizeBetween(1, WANTED);
            assertThat(part.size() == 1 || part.size() * (long) longest * longest <= PAIRS).as("%d rows of up to %d", part.size(), longest).isTrue();
            assertThat(part.stream().mapToInt(row -> rows[row].length).min().orElseThrow()).isGreaterThanOrEqualTo(before);
            before = longest;
            all.addAll(part);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows.length).boxed().toList());
        assertThat(RowsTogether.parts(new int[0][], WANTED)).isEmpty();
    }
}
