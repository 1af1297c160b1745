package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.AttentionMap.Positions;
import org.encore.api.inference.AttentionMap.Tokens;
import org.encore.experiment.export.Attended;
import org.junit.jupiter.api.Test;

/** Positions of maps have the names of their tokens, and what goes to the source is found in each kind of model. */
class AttendedTest {

    private static final List<String> SOURCE = List.of("h", "i");
    private static final List<String> TARGET = List.of("HH", "AY");

    @Test
    void aCrossAttentionIsNamedByWhatIsReadAndWrittenAndGivesItsMeanOverHeadsAndLayers() {
        var self = new AttentionMap("decoder.0.self", 1, new Positions(Tokens.TARGET, 3), List.of(new Positions(Tokens.TARGET, 3)),
                new double[] {1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5});
        var first = new AttentionMap("decoder.0.cross", 2, new Positions(Tokens.TARGET, 3), List.of(new Positions(Tokens.SOURCE, 2)),
                new double[] {1, 0, 0.5, 0.5, 0, 1, 0.6, 0.4, 0.5, 0.5, 0, 1});
        var second = new AttentionMap("decoder.1.cross", 1, new Positions(Tokens.TARGET, 3), List.of(new Positions(Tokens.SOURCE, 2)),
                new double[] {0, 1, 0.5, 0.5, 0, 1});
        var attended = new Attended(List.of(self, first, second), SOURCE, TARGET);
        assertThat(attended.queries(first)).containsExactly("(start) → HH", "HH → AY", "AY → ");
        assertThat(attended.keys(first)).containsExactly("h", "i");
        assertThat(attended.keys(self)).containsExactly("(start)", "HH", "AY");
        assertThat(attended.overSource(0)).as("heads give h 1 and 0.6, the other layer 0").containsExactly(new double[] {0.4, 0.6}, within(1e-12));
        assertThat(attended.overSource(2)).containsExactly(new double[] {0, 1}, within(1e-12));
    }

    @Test
    void ofARowOfBothTheShareOfTheSourceIsTaken() {
        var row = new double[25];
        row[2 * 5] = 0.1;          // at the start token: h
        row[2 * 5 + 1] = 0.3;      // i
        row[2 * 5 + 2] = 0.6;      // itself
        var both = new Positions(Tokens.SOURCE_AND_TARGET, 5);
        var map = new AttentionMap("decoder.0.self", 1, both, List.of(both), row);
        var attended = new Attended(List.of(map), SOURCE, TARGET);
        assertThat(attended.queries(map)).containsExactly("h", "i", "(start) → HH", "HH → AY", "AY → ");
        assertThat(attended.overSource(0)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
        assertThat(attended.overSource(1)).as("nothing goes to the source").isEmpty();
    }

    @Test
    void keysOfTwoOriginsStandOneBehindTheOtherAndWhatIsNeitherIsNumbered() {
        var merged = new AttentionMap("decoder.0.both", 1, new Positions(Tokens.TARGET, 3),
                List.of(new Positions(Tokens.TARGET, 3), new Positions(Tokens.SOURCE, 2)),
                new double[] {0.4, 0, 0, 0.6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        var picture = new AttentionMap("patches", 1, new Positions(Tokens.OTHER, 2), List.of(new Positions(Tokens.OTHER, 2)),
                new double[] {1, 0, 0, 1});
        var attended = new Attended(List.of(merged, picture), SOURCE, TARGET);
        assertThat(attended.keys(merged)).containsExactly("(start)", "HH", "AY", "h", "i");
        assertThat(attended.overSource(0)).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThat(attended.keys(picture)).containsExactly("#1", "#2");
        assertThat(new Attended(List.of(picture), SOURCE, TARGET).overSource(0)).isEmpty();
    }
}
