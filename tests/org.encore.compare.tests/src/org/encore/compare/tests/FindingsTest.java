package org.encore.compare.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.compare.Comparison;
import org.encore.compare.Question;
import org.encore.compare.finding.Finding;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader is warned of, and that he is not warned where all is well. */
class FindingsTest {

    private static final Registry NOTHING = new Registry(point -> List.of());

    @TempDir
    Path folder;
    private SmallRun run;

    @BeforeEach
    void twoTunedAndMatchedVariants() throws IOException {
        run = new SmallRun(folder.resolve("demo-1")).asking("b", "a", 0.5);
        for (String variant : List.of("a", "b")) {
            run.tuned(variant, new RunPlan.Tuned(3, Map.of("train.learningRate", "0.002"), List.of())).matched(variant, "parameters", 600_000, 600_000, 0);
        }
    }

    private List<Finding> findings() throws IOException {
        return Comparison.of(run.results(), NOTHING).findings();
    }

    private void has(String line) throws IOException {
        assertThat(findings()).extracting(Finding::line).contains(line);
    }

    private void learned(String cell, double... losses) throws IOException {
        for (int i = 0; i < losses.length; i++) {
            run.on(new Event.TrainEvaluation(cell, i + 1, (i + 1) * 1000L, losses[i]));
        }
    }

    @Test
    void ofARunWithoutFaultsNothingIsFound() throws IOException {
        run.begun(List.of("a", "b"), 1, 2, 3, 4, 5, 6).evaluated(20, 21, 22, 20, 21, 22, 25, 26, 27, 25, 26, 27).benchmarked(SmallRun.QUIET, 2, List.of(), 1, 1);
        for (int seed = 1; seed <= 6; seed++) {
            learned("a-seed" + seed, 2, 1.2, 1.01 + seed / 100.0, 1 + seed / 100.0);
            learned("b-seed" + seed, 2, 1.2, 1.01 + seed / 100.0, 1 + seed / 100.0);
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void aCurveThatStillFallsWasCutShort() throws IOException {
        run.begun(List.of("a", "b"), 1);
        learned("a-seed1", 2, 1.2, 1.01, 1.005);
        learned("b-seed1", 2, 1.5, 1.2, 1.0);
        has("warning: the development curve still falls at the end: training was cut short for b by 16.7 %."
                + " Raise train.tokens, or compare at several values of it: matrix: {train.tokens: […]}");
    }

    @Test
    void aCurveThatRisesAgainIsOverfitted() throws IOException {
        run.begun(List.of("a", "b"), 1);
        learned("a-seed1", 2, 1, 1.1);
        has("note: the development loss rose again at the end for a. Lower train.tokens, or add dropout");
    }

    @Test
    void aSeedThatWentAstrayIsNamed() throws IOException {
        run.begun(List.of("a"), 1, 2, 3, 4, 5);
        for (int seed = 1; seed <= 4; seed++) {
            learned("a-seed" + seed, 2, 1 + seed / 100.0);
        }
        learned("a-seed5", 2, 1.9);
        assertThat(findings()).filteredOn(f -> f.id().equals("outlying-seed")).extracting(Finding::summary).containsExactly("far from the other seeds of its variant: a-seed5");
    }

    @Test
    void fiveSeedsCannotBeSignificant() throws IOException {
        run.begun(List.of("a", "b"), 1, 2, 3, 4, 5).evaluated(20, 21, 22, 20, 21, 10, 11, 12, 10, 11);
        has("warning: 5 seeds can reach no p below 0.0625 in the test of the question. Use six seeds or more: seeds: [1..6]");
    }

    @Test
    void anOpenQuestionIsGivenTheNumberOfSeedsThatWouldProbablyAnswerIt() throws IOException {
        run.begun(List.of("a", "b"), 1, 2, 3, 4, 5, 6).evaluated(20, 21, 22, 20, 21, 22, 21, 20, 23, 19, 22, 21);
        assertThat(findings()).filteredOn(f -> f.id().equals("undecided")).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Finding.Severity.NOTE);
            // differences of +-1: half width 2.571 * 1.095 / sqrt(6) = 1.150, six seeds times (1.150 / 0.5)^2
            assertThat(f.remedy()).isEqualTo("About 32 seeds would make the interval narrower than the margin, if they spread like these");
        });
    }

    @Test
    void variantsThatNobodyTunedAreSaidNotToBe() throws IOException {
        run = new SmallRun(folder.resolve("demo-2")).begun(List.of("a", "b"), 1, 2).evaluated(20, 21, 22, 23);
        has("note: all variants were trained with the same learning rate, chosen for none of them."
                + " Give every variant the same number of trials: tune: {over: {train.learningRate: [1e-3, 2e-3, 4e-3]}}");
    }

    @Test
    void aChoiceAtTheEndOfWhatWasTriedIsTold() throws IOException {
        run.begun(List.of("a", "b"), 1).tuned("b", new RunPlan.Tuned(3, Map.of("train.learningRate", "0.004"), List.of("train.learningRate")));
        has("note: tuning chose the first or last value that was tried for b (train.learningRate 0.004). Try further values in tune.over");
    }

    @Test
    void modelsOfDifferentSizeAreSaidToBe() throws IOException {
        run = new SmallRun(folder.resolve("demo-2")).begun(List.of("a", "b"), 1).matched("a", "nothing", 0, 600_000, 0).matched("b", "nothing", 0, 900_000, 0);
        assertThat(findings()).filteredOn(f -> f.id().equals("unmatched")).extracting(Finding::summary)
                .containsExactly("sizes are not matched: from 600,000 to 900,000 parameters");
    }

    @Test
    void aFailureIsTheGravestFinding() throws IOException {
        run.begun(List.of("a", "b"), 1).on(new Event.StageFailed("b-seed1", "train", "the loss became NaN"));
        assertThat(findings().getFirst()).satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(f.summary()).isEqualTo("1 stage of demo-1 failed, first train b-seed1: the loss became NaN");
        });
    }

    @Test
    void aDisturbedMeasurementIsSaidToBe() throws IOException {
        run.begun(List.of("a", "b"), 1).benchmarked(new Estimate(1.0, 0.9, 1.2), 60, new BenchmarkSummary.Course(12, false, true, true, true), List.of(), 1, 1);
        assertThat(findings()).extracting(Finding::id).contains("noisy", "not-settled", "wide-noise");
        assertThat(findings()).filteredOn(f -> f.id().equals("noisy")).extracting(Finding::summary)
                .containsExactly("the machine was disturbed while it measured: 60 of 100 repeats were voided, so many that times are of all of them");
    }

    @Test
    void equalityAtTheEndOfTheScaleIsNone() throws IOException {
        run.begun(List.of("a", "b"), 1, 2).evaluated(100, 100, 99.8, 100);
        assertThat(findings()).filteredOn(f -> f.id().equals("end-of-scale")).extracting(Finding::summary).containsExactly("at the end of the scale for both: PER");
    }

    @Test
    void runsOfDifferentTasksAreNotComparable() throws IOException {
        RunResults first = run.begun(List.of("a"), 1).results();
        RunResults second = new SmallRun(folder.resolve("demo-2")).begun(List.of("b"), 1).of("scan").results();
        assertThat(Comparison.of(List.of(first, second), Question.none("test"), NOTHING).findings().getFirst().line())
                .isEqualTo("error: the runs are of different tasks: [[demo], [scan]]. Compare runs of the same task");
    }
}
