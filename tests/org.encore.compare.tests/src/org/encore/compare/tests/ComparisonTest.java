package org.encore.compare.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import org.encore.compare.CompareStage;
import org.encore.compare.Comparison;
import org.encore.compare.Contrast;
import org.encore.compare.Contrast.Subject;
import org.encore.compare.Contrast.Word;
import org.encore.compare.Question;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of models, in the words that a user reads. */
class ComparisonTest {

    /** Differences of PER are -1.45, -1.05 and six times -1.25: standard deviation sqrt(0.08 / 7), half of the interval 2.3646 * 0.1069 / sqrt(8) = 0.0894. */
    private static final double[] DEC = {22.0, 22.4, 21.6, 22.2, 21.8, 22.0, 22.1, 21.9};
    private static final double[] BETTER = {20.55, 21.35, 20.35, 20.95, 20.55, 20.75, 20.85, 20.65};
    private static final long[] SEEDS = {1, 2, 3, 4, 5, 6, 7, 8};

    @TempDir
    Path folder;

    private SmallRun two(double[] encdec, double[] dec, double margin, long... seeds) throws IOException {
        return new SmallRun(folder.resolve("demo-1")).asking("encdec", "dec", margin).begun(List.of("dec", "encdec"), seeds)
                .evaluated(DoubleStream.concat(DoubleStream.of(dec), DoubleStream.of(encdec)).toArray());
    }

    private static Comparison compare(SmallRun run) throws IOException {
        return Comparison.of(run.results(), PhonemeErrors.REGISTRY);
    }

    private static void keep(SmallRun run) throws IOException {
        new CompareStage().run(new CompareStage.Options(), new FixedContext(run.folder(), Files.createDirectories(run.folder().resolve("compare")), PhonemeErrors.REGISTRY));
    }

    private static String answer(SmallRun run) throws IOException {
        return compare(run).answer().orElseThrow().words();
    }

    @Test
    void theQuestionAskedBeforehandIsAnsweredFirstAndAloneIsTested() throws IOException {
        Comparison comparison = compare(two(BETTER, DEC, 0.5, SEEDS));
        assertThat(comparison.contrasts().getFirst().words()).isEqualTo("encdec is better than dec by 1.25 PER points [1.16, 1.34] (n = 8 seeds, margin 0.5)"
                + "; p = 0.00781 by the exact sign-flip test, the smallest that so many seeds can reach");
        assertThat(comparison.contrasts()).extracting(Contrast::primary).containsExactly(true, false);
        assertThat(comparison.contrasts()).extracting(c -> c.quantity() + (c.p() == null ? "" : " tested")).containsExactly("per tested", "agreement");
    }

    @Test
    void theSameDifferenceIsEquivalentWhereTheMarginIsWide() throws IOException {
        assertThat(answer(two(BETTER, DEC, 2, SEEDS))).startsWith(
                "encdec and dec are equivalent within 2 PER points, though encdec is measurably better: difference -1.25 [-1.34, -1.16] (n = 8 seeds)");
    }

    @Test
    void modelsThatDifferByChanceAreEquivalentOnlyIfTheMarginSaysSo() throws IOException {
        double[] same = {22.1, 22.3, 21.7, 22.1, 21.9, 21.9, 22.2, 21.8};
        assertThat(answer(two(same, DEC, 1, SEEDS))).startsWith("encdec and dec are equivalent within 1 PER points: difference 0.000 [-0.089, 0.089] (n = 8 seeds)");
        assertThat(answer(two(same, DEC, 0.05, SEEDS))).startsWith("encdec against dec: inconclusive, difference 0.000 [-0.089, 0.089] PER points (n = 8 seeds, margin 0.05)");
    }

    @Test
    void aMetricWhereMoreIsBetterIsReadTheOtherWayRound() throws IOException {
        assertThat(compare(two(BETTER, DEC, 1, SEEDS)).contrasts().get(1)).satisfies(c -> {
            assertThat(c.verdict()).isEqualTo(Word.WORSE);
            assertThat(c.words()).isEqualTo("encdec is worse than dec by 0.012 AGREEMENT [0.012, 0.013] (n = 8 seeds)");
        });
    }

    @Test
    void withOneSeedItIsSaidThatOnlyTheseTwoModelsAreCompared() throws IOException {
        SmallRun run = two(new double[] {20}, new double[] {22}, 0.5, 1).answered(0, answers(0.22)).answered(1, answers(0.20));
        Comparison comparison = compare(run);
        assertThat(comparison.answer().orElseThrow()).satisfies(answer -> {
            assertThat(answer.basis()).isEqualTo(Contrast.Basis.EXAMPLES);
            assertThat(answer.p()).as("no test without seeds").isNull();
            assertThat(answer.words()).startsWith("encdec is better than dec on these two models by 1.98 PER points [")
                    .endsWith("(n = 2,000 examples, margin 0.5; one seed each: nothing about architectures)");
        });
        assertThat(comparison.contrasts()).as("a metric that is not installed cannot be resampled").hasSize(1);
        assertThat(comparison.findings()).anySatisfy(finding -> assertThat(finding.id()).isEqualTo("one-seed"));
    }

    @Test
    void aVariantByItselfHasAnIntervalOverExamplesAndFromThreeSeedsOnOverBoth() throws IOException {
        SmallRun one = new SmallRun(folder.resolve("one")).begun(List.of("a"), 1).evaluated(20).answered(0, answers(0.2));
        assertThat(compare(one).standings()).filteredOn(s -> s.metric().equals("per")).singleElement().satisfies(standing -> {
            assertThat(standing.split()).as("nothing is said of the split that weights were chosen by").isEqualTo("test");
            assertThat(standing.value()).isEqualTo(20);
            assertThat(standing.high() - standing.low()).isBetween(1.0, 1.3); // 2 * 1.96 * sqrt(0.2 * 0.8 / 20,000)
        });
        SmallRun three = new SmallRun(folder.resolve("three")).begun(List.of("a"), 1, 2, 3).evaluated(20, 21, 22);
        for (int seed = 0; seed < 3; seed++) {
            three.answered(seed, answers(0.2 + seed / 100.0));
        }
        assertThat(compare(three).standings()).filteredOn(s -> s.metric().equals("per")).singleElement().satisfies(standing -> {
            assertThat(standing.seeds()).isEqualTo(3);
            assertThat(standing.low()).isLessThan(19.5);
            assertThat(standing.high()).isGreaterThan(22.5);
        });
    }

    @Test
    void whatTheStageKeepsReadsBackAsItWas() throws IOException {
        SmallRun run = two(BETTER, DEC, 0.5, SEEDS).matched("dec", "nothing", 0, 600_000, 0).matched("encdec", "nothing", 0, 700_000, 0);
        Comparison comparison = compare(run);
        keep(run);
        assertThat(Comparison.kept(run.results())).contains(comparison);
        assertThat(Files.readAllLines(run.folder().resolve("compare/contrasts.csv"))).hasSize(1 + comparison.contrasts().size()).element(1).asString()
                .startsWith("QUALITY,encdec,dec,,per,test,%,20.75,22.0,-1.2");
    }

    /** Outputs with ten phonemes each, of which a share is wrong. */
    private static double[][] answers(double wrong) {
        var random = new Random(7);
        var rows = new double[2_000][2];
        for (double[] row : rows) {
            row[1] = 10;
            for (int i = 0; i < 10; i++) {
                row[0] += random.nextDouble() < wrong ? 1 : 0;
            }
        }
        return rows;
    }

    @Test
    void aQuestionOverSeveralLanguagesIsAnsweredByTheirMeanSeedBySeed() throws IOException {
        SmallRun run = new SmallRun(folder.resolve("demo-1")).asking("encdec", "dec", 0.5).begunAt("language", List.of("ady", "hun"), List.of("dec", "encdec"), 1, 2, 3)
                .evaluated(22, 23, 24, 20, 21, 22.3, 30, 31, 32, 31, 32, 33);
        Comparison comparison = compare(run);
        assertThat(comparison.answer().orElseThrow()).satisfies(answer -> {
            assertThat(answer.difference()).isEqualTo(-0.45, within(1e-9)); // mean of -0.5, -0.5, -0.35
            assertThat(answer.place()).isEmpty();
            assertThat(answer.count()).isEqualTo(3);
        });
        assertThat(comparison.contrasts()).filteredOn(c -> c.quantity().equals("per") && !c.primary()).extracting(Contrast::words)
                .allMatch(words -> words.contains(" at language ")).hasSize(2).first().asString()
                .startsWith("encdec is better than dec at language ady by 1.90 PER points");
    }

    /** Taught and labelled, of an encoder-decoder, then of a decoder-only. */
    private SmallRun twoByTwo(double margin, double[] taught, double[] labels, double[] decTaught, double[] decLabels, long... seeds) throws IOException {
        return new SmallRun(Files.createTempDirectory(folder, "demo")).askingWhether(List.of("taught", "labels"), List.of("dec-taught", "dec-labels"), margin)
                .begun(List.of("labels", "taught", "dec-labels", "dec-taught"), seeds)
                .evaluated(Stream.of(labels, taught, decLabels, decTaught).flatMapToDouble(DoubleStream::of).toArray());
    }

    /**
     * Gains of the first are 4, 4.2, 3.8, 4.4, 3.6, 4, of the others 1, 1.2, 0.8, 1, 1, 1: differences 3, 3, 3, 3.4, 2.6, 3, standard deviation sqrt(0.32 / 5),
     * half of the interval 2.5706 * 0.2530 / sqrt(6) = 0.2655; p = 2 / 64.
     */
    private static final double[] LABELS = {30, 31, 29, 30.5, 30, 30};
    private static final double[] TAUGHT = {26, 26.8, 25.2, 26.1, 26.4, 26};
    private static final double[] DEC_LABELS = {20, 20.5, 21, 19, 20, 20};
    private static final double[] DEC_TAUGHT = {19, 19.3, 20.2, 18, 19, 19};

    @Test
    void howMuchMoreOnePairDiffersThanAnotherIsAQuestionToo() throws IOException {
        Comparison comparison = compare(twoByTwo(1, TAUGHT, LABELS, DEC_TAUGHT, DEC_LABELS, 1, 2, 3, 4, 5, 6));
        Contrast answer = comparison.answer().orElseThrow();
        assertThat(answer.words()).isEqualTo("taught gains 4.00 PER points over labels, and dec-taught 1.00 over dec-labels: more by 3.00 PER points [2.73, 3.27]"
                + " (n = 6 seeds, margin 1); p = 0.0313 by the exact sign-flip test, the smallest that so many seeds can reach");
        assertThat(answer.subject()).isEqualTo(Subject.INTERACTION);
        assertThat(answer.first() + " − " + answer.second()).isEqualTo("(taught − labels) − (dec-taught − dec-labels)");
        assertThat(answer.difference()).isEqualTo(-3, within(1e-9));
        assertThat(comparison.contrasts()).as("the differences themselves have intervals and no test").filteredOn(c -> c.subject() == Subject.QUALITY)
                .hasSize(12).allMatch(c -> c.p() == null && !c.primary()).first()
                .satisfies(c -> assertThat(c.words()).startsWith("taught is better than labels by 4.00 PER points"));
        assertThat(comparison.contrasts()).as("a metric where more is better is read the other way round")
                .filteredOn(c -> c.subject() == Subject.INTERACTION && c.quantity().equals("agreement")).singleElement()
                .satisfies(c -> assertThat(c.words()).startsWith("taught gains -0.040 AGREEMENT over labels, and dec-taught -0.010 over dec-labels: less by 0.030"));
    }

    @Test
    void gainsThatAreEqualButForChanceAreEquivalentOrLeftOpen() throws IOException {
        double[] same = {29, 29.8, 28.2, 29.5, 29, 29};
        assertThat(answer(twoByTwo(1, same, LABELS, DEC_TAUGHT, DEC_LABELS, 1, 2, 3, 4, 5, 6)))
                .startsWith("taught gains 1.00 PER points over labels, and dec-taught 1.00 over dec-labels: equivalent gains within 1 PER points, difference 0.00");
        double[] scattered = {20, 38, 25, 35, 22, 33};
        assertThat(answer(twoByTwo(1, scattered, LABELS, DEC_TAUGHT, DEC_LABELS, 1, 2, 3, 4, 5, 6)))
                .startsWith("taught gains 1.25 PER points over labels, and dec-taught 1.00 over dec-labels: which of the gains is larger is inconclusive, difference 0.25 [");
    }

    @Test
    void ofAnInteractionOnlySeedsCountThatAllFourHave() throws IOException {
        assertThat(compare(twoByTwo(1, TAUGHT, LABELS, new double[0], DEC_LABELS, 1, 2, 3, 4, 5, 6)).answer()).as("nobody of the last has come that far").isEmpty();
        Contrast two = compare(twoByTwo(1, TAUGHT, LABELS, new double[] {19, 19.3}, DEC_LABELS, 1, 2, 3, 4, 5, 6)).answer().orElseThrow();
        assertThat(two.count()).isEqualTo(2);
        assertThat(two.difference()).isEqualTo(-3, within(1e-9));
        assertThat(answer(twoByTwo(1, new double[] {26}, new double[] {30}, new double[] {19}, new double[] {20}, 1)))
                .isEqualTo("taught gains 4.00 PER points over labels, and dec-taught 1.00 over dec-labels: which of the gains is larger is inconclusive, "
                        + "difference 3.00 [too few for an interval] PER points (n = 1 seed, margin 1)");
    }

    @Test
    void anAxisThatChangesOnlyHowModelsAreTimedIsNotAPlaceOfQuality() throws IOException {
        SmallRun run = new SmallRun(folder.resolve("demo-1")).asking("encdec", "dec", 0.5).begunAt("backend", List.of("onnx"), List.of("dec", "encdec"), 1, 2)
                .evaluated(22, 23, 20, 21);
        assertThat(compare(run).contrasts()).allMatch(c -> c.place().isEmpty());
    }

    @Test
    void aControlThatNoAxisChangesIsComparedPlaceByPlaceWithWhatItChanges() throws IOException {
        SmallRun run = new SmallRun(folder.resolve("demo-1")).begunAt("fraction", List.of("0", "1"), List.of("labels", "taught"), 1, 2, 3)
                .evaluated(22, 23, 24, 20, 21, 22.3, 22, 23, 24, 31, 32, 33).sharingEvaluation(6, 0).sharingEvaluation(7, 1).sharingEvaluation(8, 2);
        assertThat(compare(run).contrasts()).filteredOn(c -> c.quantity().equals("per")).extracting(Contrast::place)
                .containsExactly(Map.of(), Map.of("fraction", "0"), Map.of("fraction", "1"));
    }

    @Test
    void seedsThatOneOfTheTwoLacksAreLeftOutOfBoth() throws IOException {
        SmallRun run = new SmallRun(folder.resolve("demo-1")).asking("encdec", "dec", 0.5).begun(List.of("dec", "encdec"), 1, 2, 3).evaluated(22, 23, 99, 20, 21);
        assertThat(compare(run).answer().orElseThrow()).satisfies(answer -> {
            assertThat(answer.count()).isEqualTo(2);
            assertThat(answer.secondValue()).isEqualTo(22.5);
        });
    }

    @Test
    void timesAreComparedInPairsAndSaidInTheOrderOfTheQuestion() throws IOException {
        var faster = new BenchmarkSummary.Comparison("encdec-seed1", "dec-seed1", "firstTokenMillis", new Estimate(1.31, 1.27, 1.36), 40);
        var slower = new BenchmarkSummary.Comparison("dec-seed1", "encdec-seed1", "perTokenMillis", new Estimate(1.25, 1.2, 1.3), 40);
        SmallRun run = two(new double[0], new double[0], 0.5, 1).benchmarked(SmallRun.QUIET, 0, List.of(faster, slower), 1.31, 1);
        assertThat(compare(run).contrasts()).filteredOn(c -> c.subject() == Subject.SPEED).extracting(Contrast::words).containsExactly(
                "encdec reaches the first token 1.31x [1.27, 1.36] sooner than dec (n = 40 pairs)",
                "dec reaches each later token 1.25x [1.20, 1.30] sooner than encdec (n = 40 pairs)");
    }

    private String speed(Estimate noise, Estimate ratio) throws IOException {
        var comparison = new BenchmarkSummary.Comparison("encdec-seed1", "dec-seed1", "perTokenMillis", ratio, 40);
        return compare(two(new double[0], new double[0], 0.5, 1).benchmarked(noise, 0, List.of(comparison), 1.31, 1)).contrasts().getFirst().words();
    }

    @Test
    void aRatioThatOneModelHasToItselfIsNoDifference() throws IOException {
        assertThat(speed(new Estimate(1.02, 0.99, 1.05), new Estimate(1.04, 1.01, 1.07)))
                .isEqualTo("encdec and dec: no more difference in the time to each later token than one model has from itself, ratio 1.04x [1.01, 1.07] (n = 40 pairs)");
        assertThat(speed(SmallRun.QUIET, new Estimate(1.01, 0.98, 1.04)))
                .isEqualTo("encdec and dec: no difference seen in the time to each later token, ratio 1.01x [0.98, 1.04] (n = 40 pairs)");
    }

    @Test
    void withTooFewPairsNothingIsSaidOfTheOrder() throws IOException {
        assertThat(speed(SmallRun.QUIET, new Estimate(1.8, 0, Double.POSITIVE_INFINITY)))
                .isEqualTo("encdec and dec: too few pairs to compare the time to each later token, ratio 1.80x [too few pairs for an interval] (n = 40 pairs)");
    }

    @Test
    void variantsOfSeveralRunsAreToldApartByTheirRun() throws IOException {
        SmallRun first = two(BETTER, DEC, 0.5, SEEDS);
        SmallRun second = new SmallRun(folder.resolve("demo-2")).begun(List.of("dec"), SEEDS).evaluated(DEC);
        Comparison comparison = Comparison.of(List.of(first.results(), second.results()), Question.none("test"), PhonemeErrors.REGISTRY);
        assertThat(comparison.contrasts()).filteredOn(c -> c.quantity().equals("per")).extracting(c -> c.first() + " " + c.second() + " " + c.verdict())
                .containsExactlyInAnyOrder("demo-1/dec encdec WORSE", "demo-1/dec demo-2/dec INCONCLUSIVE", "encdec demo-2/dec BETTER");
        assertThat(comparison.answer()).as("what is asked afterwards gets no p-value").isEmpty();
    }

    @Test
    void aRunThatHasNotComeFarEnoughIsComparedAsFarAsItHas() throws IOException {
        assertThat(compare(new SmallRun(folder.resolve("demo-1"))).contrasts()).isEmpty();
        assertThat(compare(two(new double[] {1}, new double[0], 1, 1)).contrasts()).isEmpty();
    }
}
