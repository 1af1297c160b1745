package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.compare.Comparison;
import org.encore.compare.tests.PhonemeErrors;
import org.encore.compare.tests.SmallRun;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Statements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal shows of a run. */
class ResultTableTest {

    private static final Registry NOTHING = new Registry(point -> List.of());

    @TempDir
    Path folder;

    private SmallRun run() throws IOException {
        return new SmallRun(folder.resolve("demo-2026-11-24-1"));
    }

    private static String text(SmallRun run) throws IOException {
        RunResults results = run.results();
        return Statements.text(results, Optional.of(Comparison.of(results, NOTHING)));
    }

    @Test
    void aCompleteRunIsOneRowForEachVariantAndWhatMayBeSaidOfThem() throws IOException {
        assertThat(text(SmallRun.complete(folder.resolve("demo-1")))).isEqualTo("""
                model             parameters   PER dev %   PER test %   AGREEMENT test\
                   first token ms [95 %]    per token ms [95 %]   peak MB   weights MB
                decoder-only         600,000       22.00        22.50             0.23\
                    1.420 [1.392, 1.448]   0.250 [0.240, 0.260]         –          2.4
                encoder-decoder      600,001       20.75        21.25             0.21\
                    1.000 [0.980, 1.020]   0.250 [0.240, 0.260]       180          2.4

                encoder-decoder reaches the first token 1.42x [1.38, 1.47] sooner than decoder-only (n = 40 pairs)
                decoder-only and encoder-decoder: no difference seen in the time to each later token, ratio 1.01x [0.98, 1.04] (n = 40 pairs)

                matched: parameters to 600,000: decoder-only +0.59 %, encoder-decoder -0.10 %
                noise: one model against itself 1.001 [0.996, 1.006] to the first token
                noise: one model against itself 1.001 [0.996, 1.006] to each later token
                measured: ONNX Runtime 1.29.0, 1 thread; batch 1, source 16 tokens, output 16 tokens; 40 repeats after 12 to warm up,\
                 2 voided by the rule fixed beforehand; all models in turns, random order
                """);
    }

    @Test
    void aScoreHasItsIntervalWhereTheExamplesBehindItAreKnown() throws IOException {
        var contributions = new double[200][];
        java.util.Arrays.setAll(contributions, i -> new double[] {i % 5 == 0 ? 1 : 0, 1});
        SmallRun run = run().begun(List.of("a"), 1).evaluated(20).answered(0, contributions).done();
        String text = Statements.text(run.results(), Optional.of(Comparison.of(run.results(), PhonemeErrors.REGISTRY)));
        // 40 of 200: standard error of 20 % is 2.83 points
        assertThat(text).containsPattern("PER test % \\[95 %\\]").containsPattern("20\\.00 \\[1[45]\\.\\d\\d, 2[56]\\.\\d\\d\\]")
                .contains("[95 %] of scores: over examples and, from three seeds on, over seeds too");
    }

    @Test
    void ofSeveralSeedsTheMeanIsShown() throws IOException {
        assertThat(text(run().begun(List.of("a"), 1, 2, 3).evaluated(20, 21, 22).done())).containsPattern("(?m)^a +3 +600,000 +20.50 +21.00 ");
    }

    @Test
    void everyPlaceOfAnAxisHasItsRow() throws IOException {
        assertThat(text(run().begunAt("language", List.of("ady", "hun"), List.of("a"), 1).evaluated(20, 30).done()))
                .containsPattern("(?m)^a, language ady +600,000 +19.50 +20.00").containsPattern("(?m)^a, language hun +600,000 +29.50 +30.00");
    }

    @Test
    void theAnswerToTheQuestionComesFirstAndWhatToKnowBeforeOneBelievesItAfterIt() throws IOException {
        assertThat(text(run().asking("b", "a", 0.5).begun(List.of("a", "b"), 1, 2, 3, 4, 5).evaluated(20, 21, 22, 20, 21, 10, 11, 12, 10, 11).done()))
                .containsSubsequence("the question: b is better than a by 10.00 PER points", "b is worse than a by 0.10 AGREEMENT",
                        "warning: 5 seeds can reach no p below 0.0625", "note: all variants were trained with the same learning rate");
    }

    @Test
    void ofManyComparisonsTheFirstAreShownAndTheRestCounted() throws IOException {
        var variants = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "v" + i).toList();
        var scores = java.util.stream.IntStream.range(0, 40).mapToDouble(i -> 20 + i).toArray();
        assertThat(text(run().begun(variants, 1, 2).evaluated(scores).done()))
                .contains("… and 14 more comparisons; all of them are in compare/contrasts.csv");
    }

    @Test
    void aSystemThatDoesNotTellIsSaidNotTo() throws IOException {
        var course = new BenchmarkSummary.Course(12, true, false, false, false);
        assertThat(text(run().begun(List.of("a"), 1).benchmarked(SmallRun.QUIET, 0, course, List.of(), 1.4).done()))
                .contains("random order; this system tells nothing of foreign load, so nothing could be voided\n");
    }

    @Test
    void aRunWithoutBenchmarkHasNoColumnsForIt() throws IOException {
        assertThat(text(run().begun(List.of("a"), 1).evaluated(20).done()).lines().findFirst().orElseThrow()).contains("PER test %")
                .doesNotContain("ms");
    }

    @Test
    void aModelThatFailedHasItsRowAndItsReason() throws IOException {
        String text = text(run().begun(List.of("a", "b"), 1).evaluated(20).on(new Event.StageFailed("b-seed1", "train", "the loss became NaN"),
                new Event.RunFinished("failed", 1)));
        assertThat(text).containsPattern("(?m)^b +600,001( +–)+$")
                .contains("error: 1 stage of demo-2026-11-24-1 failed, first train b-seed1: the loss became NaN. "
                        + "Mend the cause and run the same command again",
                        "this run has failed in part; what is missing");
    }

    @Test
    void aRunThatHasNotBegunIsSaidToHaveNothing() throws IOException {
        assertThat(text(run())).isEqualTo("this run has not begun: no model yet");
    }

    @Test
    void longNamesAreCutAndStayDifferentAndNothingSteersTheTerminal() throws IOException {
        String text = text(run().begun(List.of("x".repeat(200) + "1", "x".repeat(200) + "2", "red\u001b[31m\nline"), 1).trained().done());
        assertThat(text).contains("x".repeat(39) + "… (2)").contains("red?[31m?line").doesNotContain("\u001b");
        assertThat(text.lines().takeWhile(line -> !line.isEmpty())).allSatisfy(line -> assertThat(line.length()).isLessThan(160));
    }

    @Test
    void whatWasNotMatchedIsSaid() throws IOException {
        assertThat(text(run().begun(List.of("a"), 1).matched("a", "nothing", 0, 600_000, 0)))
                .contains("matched: nothing; sizes are as the experiment gives them");
    }

    @Test
    void aDamagedPlanIsNamedWithWhatToDo() throws IOException {
        SmallRun run = run().begun(List.of("a"), 1).evaluated(20).file("plan.json", "{\"matched\": 7");
        assertThatThrownBy(run::results).isInstanceOf(IOException.class).hasMessageContaining("plan.json is damaged")
                .hasMessageEndingWith("Delete it and run the experiment again.");
    }
}
