package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.architecture.TargetStates.At;
import org.encore.distill.StateMatching;
import org.encore.distill.StateMatching.Distance;
import org.junit.jupiter.api.Test;

/** Which block of a student meets which of its teacher. */
class StateMatchingTest {

    private static List<At> depth(int layers, int width) {
        return IntStream.range(0, layers).mapToObj(i -> new At("decoder." + i, width)).toList();
    }

    private static List<String> met(int student, int teacher, int count) {
        return StateMatching.spread(depth(student, 4), depth(teacher, 8), count).stream()
                .map(pair -> pair.student().block().replace("decoder.", "") + "-" + pair.teacher().block().replace("decoder.", "")).toList();
    }

    @Test
    void pairsAreSpreadEvenlyAndTheLastBlocksAlwaysMeet() {
        assertThat(met(2, 6, 1)).containsExactly("1-5");
        assertThat(met(2, 6, 2)).containsExactly("0-2", "1-5");
        assertThat(met(4, 12, 4)).as("TinyBERT's g(m) = 3 m").containsExactly("0-2", "1-5", "2-8", "3-11");
        assertThat(met(3, 5, 2)).containsExactly("1-2", "2-4");
        assertThat(met(6, 2, 2)).as("the deeper one may be the student").containsExactly("2-0", "5-1");
    }

    @Test
    void morePairsThanBlocksAreRefused() {
        assertThatThrownBy(() -> met(2, 6, 3)).hasMessage("3 pairs of blocks cannot be had of 2 of the student and 6 of the teacher; give 2 at most");
        assertThatThrownBy(() -> new StateMatching(List.of(), Distance.COSINE)).hasMessageContaining("no blocks to match");
    }

    @Test
    void peopleReadWhichBlockMeetsWhich() {
        var matching = new StateMatching(StateMatching.spread(depth(2, 4), depth(6, 8), 2), Distance.SQUARED);
        assertThat(matching.words()).isEqualTo("decoder.0 (4 wide) meets the teacher's decoder.2 (8), decoder.1 (4 wide) meets the teacher's decoder.5 (8)");
        assertThat(matching.teacherWidth()).isEqualTo(16);
    }
}
