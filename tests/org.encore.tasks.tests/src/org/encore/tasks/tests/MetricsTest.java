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

    private static double score(Metric metric, String... outputs) {
        double[] sums = null;
        for (int i = 0; i < outputs.length; i++) {
            double[] statistics = metric.statistics(outputs[i], EXAMPLES.get(i));
            for (int k = 0; sums != null && k < sums.length; k++) {
                statistics[k] += sums[k];
            }
            sums = statistics;
        }
        return metric.score(sums);
    }

    @Test
    void theNearestReferenceCounts() {
        assertThat(new SymbolErrorRate().statistics("HH EH L OW", EXAMPLES.getFirst())).containsExactly(0, 4);
        assertThat(score(new SymbolErrorRate(), "HH EH L OW", "K AE", "IY")).isCloseTo(100.0 * 2 / 8, within(1e-12));
    }

    @Test
    void amongEquallyNearReferencesTheLongestCounts() {
        assertThat(new SymbolErrorRate().statistics("A B", new Example("x", List.of("A", "A B C")))).containsExactly(1, 3);
    }

    @Test
    void anEmptyOutputIsAllDeletions() {
        assertThat(score(new SymbolErrorRate(), "", "", "")).isEqualTo(100);
    }

    @Test
    void aWordIsRightIfItEqualsAnyReference() {
        assertThat(score(new WordErrorRate(), "HH EH L OW", "K AE", "EY")).isCloseTo(100.0 / 3, within(1e-12));
    }
}
