package org.encore.report.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Comparison;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.report.table.ResultTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads in the terminal after a run. */
class ResultTableTest {

    @TempDir
    Path folder;

    private Path run() {
        return folder.resolve("demo-2026-11-24-1");
    }

    private static Comparison firstToken(double median, double low, double high) {
        return new Comparison("b-seed1", "a-seed1", "firstTokenMillis", new Estimate(median, low, high), 40);
    }

    private String comparing(Estimate noise, Comparison... comparisons) throws IOException {
        return ResultTable.text(new SmallRun(run()).begun(List.of("a", "b"), 1).benchmarked(noise, 0, List.of(comparisons), 1.4, 1.0).done()
                .results());
    }

    @Test
    void aCompleteRunIsOneRowForEachVariantAndWhatMayBeSaidOfThem() throws IOException {
        assertThat(ResultTable.text(SmallRun.complete(run()).results())).isEqualTo("""
                model             parameters   PER dev %   PER test %   AGREEMENT test\
                   first token ms [95 %]    per token ms [95 %]   peak MB   weights MB
                decoder-only         600,000       22.00        22.50             0.23\
                    1.420 [1.392, 1.448]   0.250 [0.240, 0.260]         –          2.4
                encoder-decoder      600,001       20.75        21.25             0.21\
                    1.000 [0.980, 1.020]   0.250 [0.240, 0.260]       180          2.4

                PER on test (12,333 examples, greedy): encoder-decoder 21.25 %, decoder-only 22.50 % (n = 1 seed)
                AGREEMENT on test (500 examples, greedy): decoder-only 0.23, encoder-decoder 0.21 (n = 1 seed)
                encoder-decoder reaches the first token 1.42x [1.38, 1.47] sooner than decoder-only (n = 40 pairs, n = 1 seed)
                decoder-only and encoder-decoder: no difference seen in each later token, ratio 1.01x [0.98, 1.04] (n = 40 pairs, n = 1 seed)
                n = 1 seed: all of this is about these models, not about their architectures
                matched: parameters to 600,000: decoder-only +0.59 %, encoder-decoder -0.10 %
                noise: one model against itself 1.001 [0.996, 1.006] to the first token, 1.001 [0.996, 1.006] per later token;\
                 2 of 42 repeats voided by the rule fixed beforehand
                warm-up: 12 repeats, until times had settled
                measured: ONNX Runtime 1.29.0, 1 thread; batch 1, source 16 tokens, output 16 tokens; all models in turns, random order
                """);
    }

    @Test
    void aDifferenceThatOneModelHasFromItselfIsNone() throws IOException {
        assertThat(comparing(new Estimate(1.02, 0.99, 1.05), firstToken(1.04, 1.01, 1.07)))
                .contains("b and a: no more difference in the first token than one model has from itself, ratio 1.04x [1.01, 1.07]")
                        .doesNotContain("sooner than");
    }

    @Test
    void aDifferencePerTokenThatOneModelHasFromItselfIsNoneEither() throws IOException {
        var perToken = new Comparison("b-seed1", "a-seed1", "perTokenMillis", new Estimate(1.04, 1.01, 1.07), 40);
        assertThat(comparing(new Estimate(1.02, 0.99, 1.05), perToken))
                .contains("b and a: no more difference in each later token than one model has from itself, ratio 1.04x [1.01, 1.07]");
    }

    private String after(BenchmarkSummary.Course course) throws IOException {
        return ResultTable.text(new SmallRun(run()).begun(List.of("a"), 1).benchmarked(SmallRun.QUIET, 50, course, List.of(), 1.4).done().results());
    }

    @Test
    void aDisturbedMeasurementIsSaidToBeNoisy() throws IOException {
        assertThat(after(new BenchmarkSummary.Course(12, true, true, true, false)))
                .contains("noisy: so many repeats were disturbed by what else ran on the machine that fewer are left than were asked for\n");
        assertThat(after(new BenchmarkSummary.Course(60, false, true, true, true)))
                .contains("noisy: most repeats were disturbed by what else ran on the machine, so times are of all repeats, voided ones too\n")
                .contains("warm-up: 60 repeats; times had not settled then\n");
        assertThat(after(SmallRun.CALM)).doesNotContain("noisy").doesNotContain("disturbances");
    }

    @Test
    void aSystemThatDoesNotTellIsSaidNotTo() throws IOException {
        assertThat(after(new BenchmarkSummary.Course(12, true, false, false, false))).contains("disturbances: no evidence available,"
                + " this system does not tell of stolen time, waiting and foreign load; nothing could be voided\n");
    }

    @Test
    void withTooFewPairsNothingIsSaidOfTheOrder() throws IOException {
        assertThat(comparing(new Estimate(1, 0, Double.POSITIVE_INFINITY), firstToken(1.8, 0, Double.POSITIVE_INFINITY)))
                .contains("too few pairs to say which reaches the first token sooner, ratio 1.80x [too few pairs for an interval]")
                        .doesNotContain("Infinity");
    }

    @Test
    void severalSeedsAreCountedAndVariantsAreComparedWithinASeed() throws IOException {
        var acrossSeeds = new Comparison("a-seed2", "a-seed1", "firstTokenMillis", new Estimate(1.5, 1.4, 1.6), 40);
        var withinASeed = new Comparison("b-seed1", "a-seed1", "firstTokenMillis", new Estimate(1.5, 1.4, 1.6), 40);
        String text = ResultTable.text(new SmallRun(run()).begun(List.of("a", "b"), 1, 2).evaluated(20, 22, 30, 30)
                .benchmarked(SmallRun.QUIET, 0, List.of(acrossSeeds, withinASeed), 1.5, 1.5, 1, 1).done().results());
        assertThat(text).contains("a 21.00 (from 20.00 to 22.00) %, b 30.00 (from 30.00 to 30.00) % (n = 2 seeds)")
                .contains("b seed 1 reaches the first token 1.50x [1.40, 1.60] sooner than a seed 1 (n = 40 pairs, n = 2 seeds)")
                .doesNotContain("a seed 2 reaches").doesNotContain("n = 1 seed");
    }

    @Test
    void aRunWithoutBenchmarkHasNoColumnsForIt() throws IOException {
        String text = ResultTable.text(new SmallRun(run()).begun(List.of("a"), 1).evaluated(20).done().results());
        assertThat(text.lines().findFirst().orElseThrow()).contains("PER test %").doesNotContain("ms");
        assertThat(text).contains("PER on test (12,333 examples, greedy): a 20.00 %");
    }

    @Test
    void aModelThatFailedHasItsRowAndItsReason() throws IOException {
        String text = ResultTable.text(new SmallRun(run()).begun(List.of("a", "b"), 1).evaluated(20)
                .on(new Event.StageFailed("b-seed1", "train", "the loss became NaN"), new Event.RunFinished("failed", 1)).results());
        assertThat(text).containsPattern("(?m)^b +600,001( +–)+$").contains("failed: b, train: the loss became NaN")
                .contains("this run has failed in part; what is missing");
    }

    @Test
    void aRunThatHasNotBegunIsSaidToHaveNothing() throws IOException {
        assertThat(ResultTable.text(new SmallRun(run()).results())).isEqualTo("this run has not begun: no model yet");
    }

    @Test
    void longNamesAreCutAndStayDifferentAndNothingSteersTheTerminal() throws IOException {
        String text = ResultTable.text(new SmallRun(run()).begun(List.of("x".repeat(200) + "1", "x".repeat(200) + "2", "red\u001b[31m\nline"), 1)
                .trained().done()
                .results());
        assertThat(text).contains("x".repeat(39) + "… (2)").contains("red?[31m?line").doesNotContain("\u001b");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(160));
    }

    @Test
    void whatWasNotMatchedIsSaid() throws IOException {
        assertThat(ResultTable.text(new SmallRun(run()).begun(List.of("a"), 1)
                .file("provenance.json", "{\"matched\": [{\"variant\": \"a\", \"quantity\": \"nothing\", \"goal\": 0, \"deviation\": 0}]}")
                        .results()))
                .contains("matched: nothing; sizes are as the experiment gives them");
    }

    @Test
    void damagedProvenanceDoesNotHideTheResults() throws IOException {
        assertThat(ResultTable.text(new SmallRun(run()).begun(List.of("a"), 1).evaluated(20).file("provenance.json", "{\"matched\": 7").results()))
                .contains("PER on test").contains("matched: not known, provenance.json cannot be read");
    }
}
