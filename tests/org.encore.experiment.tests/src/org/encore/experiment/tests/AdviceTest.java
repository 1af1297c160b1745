package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.device.Card;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunResults;
import org.encore.modelled.advice.Advice;
import org.encore.modelled.advice.Known;
import org.encore.modelled.advice.Offer;
import org.encore.modelled.advice.Question;
import org.encore.modelled.advice.Question.Limits;
import org.encore.modelled.advice.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model to take. */
class AdviceTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final Card BOARD = new Card("a board", Card.Kind.CPU, new Card.Peak(0.1, 0, 0.4), 10, 4, 0, false, Card.Precision.INT8, List.of(),
            List.of("made up for a test"));
    private static final Known NOTHING = new Known(Map.of(), Optional.empty(), Optional.empty(), List.of());

    @TempDir
    private Path folder;

    private static Question question(List<String> sizes, List<String> precisions, Limits limits, boolean limited) {
        return new Question(64, 16, 1000, sizes, BOARD, false, precisions, limits, limited);
    }

    private static Limits limits(double bytes, double first) {
        return new Limits(bytes, first, NONE, NONE);
    }

    @Test
    void everyInstalledArchitectureComesIntoQuestionAndWhatHasTwoDepthsDividedOtherwiseToo() {
        Advice advice = Advice.on(question(List.of("3m"), List.of("fp32"), limits(4e9, NONE), false), REGISTRY, NOTHING);
        assertThat(advice.offers()).extracting(offer -> offer.candidate().architecture()).contains("decoder-only", "encoder-decoder", "residual-bridged",
                "decoder-decoder");
        assertThat(advice.offers().stream().filter(offer -> offer.candidate().architecture().equals("encoder-decoder")).map(offer -> offer.candidate().layers()))
                .containsExactlyInAnyOrder("1 + 5", "2 + 4", "3 + 3", "4 + 2", "5 + 1");
        assertThat(advice.offers().stream().filter(offer -> offer.candidate().architecture().equals("decoder-only"))).hasSize(1);
    }

    @Test
    void withoutLimitsTheShortestRequestIsTakenAndWhatIsModelledSaysSo() {
        Advice advice = Advice.on(question(List.of("10m"), List.of("fp32", "int8"), limits(4e9, NONE), false), REGISTRY, NOTHING);
        Offer best = advice.taken().orElseThrow();
        assertThat(advice.offers()).allMatch(offer -> offer.times().requestMillis() >= best.times().requestMillis());
        assertThat(best.precision()).isEqualTo("int8");
        assertThat(advice.sentence()).startsWith("Take ").contains("(10m, ").doesNotContain("], measured here").contains("how far the model is off was never measured here")
                .contains("; the next best architecture, ");
    }

    @Test
    void withALimitTheLargestSizeIsTakenAndOfThatTheHighestPrecisionThatKeepsIt() {
        Advice free = Advice.on(question(List.of("3m", "10m"), List.of("fp32", "int8"), limits(1e9, 1e6), true), REGISTRY, NOTHING);
        assertThat(free.taken().orElseThrow().candidate().size()).isEqualTo("10m");
        assertThat(free.taken().orElseThrow().precision()).isEqualTo("fp32");
        Advice narrow = Advice.on(question(List.of("3m", "10m"), List.of("fp32", "int8"), limits(15e6, NONE), true), REGISTRY, NOTHING);
        assertThat(narrow.taken().orElseThrow().candidate().size()).as("ten million bytes and some").isEqualTo("10m");
        assertThat(narrow.taken().orElseThrow().precision()).isEqualTo("int8");
        assertThat(narrow.taken().orElseThrow().times().bytes()).isLessThan(15e6);
    }

    @Test
    void whereNothingKeepsTheLimitsTheNearestIsNamedWithHowFarItIsOff() {
        Advice advice = Advice.on(question(List.of("3m", "10m"), List.of("fp32"), limits(1e6, NONE), true), REGISTRY, NOTHING);
        assertThat(advice.taken()).isEmpty();
        assertThat(advice.sentence()).startsWith("Nothing keeps the limits; the nearest is ").contains("(3m, ").contains("which breaks one ");
        Advice cannot = Advice.on(question(List.of("3m"), List.of("fp16"), limits(1e9, NONE), false), REGISTRY, NOTHING);
        assertThat(cannot.sentence()).isEqualTo("Nothing comes into question: a board runs none of [fp16].");
    }

    @Test
    void anUnknownSizeIsToldWithTheNearestOne() {
        Question unknown = question(List.of("paper-33m"), List.of("fp32"), limits(1e9, NONE), false);
        assertThatThrownBy(() -> Advice.on(unknown, REGISTRY, NOTHING)).hasMessageContaining("no architecture has a size 'paper-33m'").hasMessageContaining("paper-330m");
        assertThatThrownBy(() -> new Question(1, 1, 10, List.of(), BOARD, true, List.of(), limits(1, 1), false)).hasMessageContaining("give at least 1 and 2");
    }

    @Test
    void aLimitThatNothingCanKeepIsRefused() {
        assertThatThrownBy(() -> limits(0, NONE)).hasMessage("at most 0.0 for memory: give a positive number");
        assertThatThrownBy(() -> limits(1e9, -5)).hasMessage("at most -5.0 for the time to the first token: give a positive number");
        assertThatThrownBy(() -> limits(1e9, Double.NaN)).hasMessageContaining("give a positive number");
    }

    @Test
    void whatRunsHaveMeasuredHereIsTakenAsMeasuredAndShowsHowFarTheModelIsOff() throws IOException {
        String yaml = """
                name: tiny
                task: {random-tokens: {vocabulary: 64}}
                variants:
                  dec: {decoder-only: {preset: 1m}}
                  encdec: {encoder-decoder: {preset: 1m}}
                benchmark: {repeats: 6, warmup: 1, memory: false, sourceTokens: 8, targetTokens: 5, backend: {ort-cpu: {threads: CORES}}}
                stages: [benchmark]
                """.replace("CORES", String.valueOf(Runtime.getRuntime().availableProcessors()));
        Experiment experiment = ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY);
        var workshop = new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve("runs"), Optional.empty());
        Runner.Ending ending = Runner.run(Plan.of(experiment, workshop.corpora()), workshop, List.of(), () -> false);
        assertThat(ending.failures()).isEmpty();
        Files.createDirectories(folder.resolve("runs/broken-2026-01-01-1"));
        Files.writeString(folder.resolve("runs/broken-2026-01-01-1/events.jsonl"), "");
        Files.writeString(folder.resolve("runs/broken-2026-01-01-1/plan.json"), "{");

        Known known = Known.of(folder.resolve("runs"));
        assertThat(known.times()).hasSize(2);
        var asked = new Question(8, 5, 64, List.of("1m"), BOARD, true, List.of("fp32"), limits(4e9, NONE), false);
        Advice advice = Advice.on(asked, REGISTRY, known);
        List<Offer> measured = advice.offers().stream().filter(offer -> offer.times() instanceof Times.Measured).toList();
        assertThat(measured).extracting(offer -> offer.candidate().architecture()).containsExactlyInAnyOrder("decoder-only", "encoder-decoder");
        var race = RunResults.read(ending.folder().path()).benchmarks().get("");
        Offer dec = measured.stream().filter(offer -> offer.candidate().architecture().equals("decoder-only")).findFirst().orElseThrow();
        assertThat(dec.times().requestMillis()).isCloseTo(race.cells().get("dec-seed1").endToEndMillis().median(), within(1e-9));
        assertThat(dec.times().request()).contains("measured here").contains("[");
        assertThat(advice.offers()).as("what was not measured is modelled").anyMatch(offer -> offer.times() instanceof Times.Modelled);

        var elsewhere = new Question(8, 6, 64, List.of("1m"), BOARD, true, List.of("fp32"), limits(4e9, NONE), false);
        assertThat(Advice.on(elsewhere, REGISTRY, known).offers()).as("other lengths are another question").allMatch(offer -> offer.times() instanceof Times.Modelled);
        assertThat(known.unreadable()).hasSize(1).first().asString().startsWith("broken-2026-01-01-1: ");

        Path summary = ending.folder().result("", "benchmark").resolve("summary.json");
        String measuredHere = Files.readString(summary);
        for (String other : List.of(measuredHere.replaceAll("\"device\":\\s*\"cpu\"", "\"device\": \"cuda\""),
                measuredHere.replaceAll("\"device\":\\s*\"cpu\"", "\"device\": \"" + Backend.NO_HARDWARE + "\""),
                measuredHere.replaceAll("\"threads\":\\s*\"\\d+\"", "\"threads\": \"1000\""))) {
            assertThat(other).isNotEqualTo(measuredHere);
            Files.writeString(summary, other);
            assertThat(Known.of(folder.resolve("runs")).times()).as("a GPU, a backend that is not for speed, and some of the threads are no measurement of this machine").isEmpty();
        }
    }
}
