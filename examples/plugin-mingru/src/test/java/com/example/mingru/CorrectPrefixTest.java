package com.example.mingru;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.encore.api.task.TaskData;
import org.junit.jupiter.api.Test;

class CorrectPrefixTest {

    private final CorrectPrefix metric = new CorrectPrefix();

    private static TaskData.Example example(String... references) {
        return new TaskData.Example("x", List.of(references));
    }

    @Test
    void itCountsWhatIsRightBeforeTheFirstMistake() {
        assertArrayEquals(new double[] {2, 4}, metric.statistics("a b x d", example("a b c d")));
        assertArrayEquals(new double[] {4, 4}, metric.statistics("a b c d e", example("a b c d")));
        assertArrayEquals(new double[] {0, 4}, metric.statistics("", example("a b c d")));
    }

    @Test
    void theReferenceThatIsFollowedFurthestCounts() {
        assertArrayEquals(new double[] {2, 2}, metric.statistics("a b x", example("a b c d", "a b")));
        assertArrayEquals(new double[] {0, 4}, metric.statistics("x", example("a b c d", "a b")));
    }

    @Test
    void scoresAreOverAllSymbols() {
        assertEquals(75, metric.score(new double[] {3, 4}));
    }
}
