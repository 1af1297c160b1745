package org.encore.tasks.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.encore.tasks.tests.Scoring.score;

import java.util.List;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData.Example;
import org.encore.tasks.metric.Bleu;
import org.encore.tasks.metric.ChrF;
import org.encore.tasks.metric.ExactMatch;
import org.encore.tasks.metric.Rouge1;
import org.encore.tasks.metric.Rouge2;
import org.encore.tasks.metric.RougeL;
import org.encore.tasks.metric.SquadExactMatch;
import org.encore.tasks.metric.SquadF1;
import org.encore.tasks.metric.SymbolErrorRate;
import org.encore.tasks.metric.WordErrorRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {

    private static final List<Example> EXAMPLES = List.of(new Example("hello", List.of("HH AH L OW", "HH EH L OW")),
            new Example("cat", List.of("K AE T")),
            new Example("a", List.of("AH", "EY")));

    static List<Metric> higherIsBetter() {
        return List.of(new ExactMatch(), new Bleu(), new ChrF(), new Rouge1(), new Rouge2(), new RougeL(), new SquadExactMatch(), new SquadF1());
    }

    @ParameterizedTest
    @MethodSource("higherIsBetter")
    void theReferenceItselfScoresAHundredAndNothingScoresZero(Metric metric) {
        var examples = List.of(new Example("", List.of("one two three four five six")),
                new Example("", List.of("seven eight nine ten", "eleven twelve")));
        assertThat(score(metric, List.of("one two three four five six", "seven eight nine ten"), examples)).isCloseTo(100, within(1e-9));
        assertThat(score(metric, List.of("", ""), examples)).isZero();
        assertThat(score(metric, List.of(" \n ", "\t"), examples)).isZero();
        assertThat(metric.lowerIsBetter()).isFalse();
    }

    @Test
    void theNearestReferenceCounts() {
        assertThat(new SymbolErrorRate().statistics("HH EH L OW", EXAMPLES.getFirst())).containsExactly(0, 4);
        assertThat(score(new SymbolErrorRate(), List.of("HH EH L OW", "K AE", "IY"), EXAMPLES)).isCloseTo(100.0 * 2 / 8, within(1e-12));
    }

    @Test
    void amongEquallyNearReferencesTheLongestCounts() {
        assertThat(new SymbolErrorRate().statistics("A B", new Example("x", List.of("A", "A B C")))).containsExactly(1, 3);
    }

    @Test
    void anEmptyOutputIsAllDeletions() {
        assertThat(score(new SymbolErrorRate(), List.of("", "", ""), EXAMPLES)).isEqualTo(100);
    }

    @Test
    void aWordIsRightIfItEqualsAnyReference() {
        assertThat(score(new WordErrorRate(), List.of("HH EH L OW", "K AE", "EY"), EXAMPLES)).isCloseTo(100.0 / 3, within(1e-12));
    }

    @Test
    void anExactMatchForgivesWhiteSpaceAtTheEndsOnly() {
        assertThat(score(new ExactMatch(), " a b\n", "x", "a b")).isEqualTo(100);
        assertThat(score(new ExactMatch(), "a  b", "a b")).isZero();
        assertThat(score(new ExactMatch(), "A b", "a b")).isZero();
    }

    /** Worked by hand: the output has 4 words, 3 of them in the reference of 3. */
    @Test
    void rougeCountsSharedStemsOfLongerWords() {
        assertThat(score(new Rouge1(), "The Cats, sitting; again", "the cat sits")).isCloseTo(100 * 2.0 * 3 / 7, within(1e-9));
        assertThat(score(new Rouge1(), "running quickly", "runs quick", "run quickly")).isEqualTo(100);
        assertThat(score(new Rouge2(), "a b c d", "a b d c")).isCloseTo(100 * 2.0 * 1 / 6, within(1e-9));
        assertThat(score(new RougeL(), "a b c d", "b d c")).isCloseTo(100 * 2.0 * 2 / 7, within(1e-9));
    }

    @Test
    void squadForgivesCaseArticlesAndPunctuation() {
        assertThat(score(new SquadExactMatch(), "An  Apple!", "the apple.")).isEqualTo(100);
        assertThat(score(new SquadF1(), "the red apple", "Red apples", "a big red apple tree")).isCloseTo(100 * 2.0 * 2 / 6, within(1e-9));
    }

    @Test
    void aQuestionWithoutAnAnswerIsAnsweredByNothing() {
        for (Metric metric : List.of(new SquadExactMatch(), new SquadF1())) {
            assertThat(score(metric, "", "")).isEqualTo(100);
            assertThat(score(metric, "The!", "")).isEqualTo(100);
            assertThat(score(metric, "an apple", "")).isZero();
            assertThat(score(metric, "", "apple", "")).isZero();
        }
    }
}
