package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData.Example;
import org.encore.tasks.metric.SymbolErrorRate;
import org.encore.tasks.metric.WordErrorRate;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final List<Example> EXAMPLES = List.of(new Example("hello", List.of("HH AH L OW", "HH EH L OW")),
            new Example("cat", List.of("K AE T")),
            new Example("a", List.of("AH", "EY")));

    @Test
    void theNearestReferenceCounts() {
        Metric.Score score = new SymbolErrorRate().score(List.of("HH EH L OW", "K AE", "IY"), EXAMPLES);
        assertThat(score.numerators()).containsExactly(0, 1, 1);
        assertThat(score.denominators()).containsExactly(4, 3, 1);
        assertThat(score.value()).isCloseTo(100.0 * 2 / 8, within(1e-12));
    }

    @Test
    void amongEquallyNearReferencesTheLongestCounts() {
        Metric.Score score = new SymbolErrorRate().score(List.of("A B"), List.of(new Example("x", List.of("A", "A B C"))));
        assertThat(score.numerators()).containsExactly(1);
        assertThat(score.denominators()).containsExactly(3);
    }

    @Test
    void anEmptyOutputIsAllDeletions() {
        assertThat(new SymbolErrorRate().score(List.of("", "", ""), EXAMPLES).value()).isEqualTo(100);
    }

    @Test
    void aWordIsRightIfItEqualsAnyReference() {
        assertThat(new WordErrorRate().score(List.of("HH EH L OW", "K AE", "EY"), EXAMPLES).value()).isCloseTo(100.0 / 3, within(1e-12));
    }
}
