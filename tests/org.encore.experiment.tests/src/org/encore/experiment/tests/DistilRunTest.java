package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.teachers.Gives;
import org.encore.api.weights.SafeTensors;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.language.Pairs;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.distil.Agreement;
import org.encore.experiment.distil.ImportedTeacher;
import org.encore.experiment.distil.OnPolicyCost;
import org.encore.experiment.distil.TeacherCacheOptions;
import org.encore.experiment.distil.TokenByToken;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.CurveFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teachers and students, run for real in this process, on a small file of pairs. */
class DistilRunTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String SMALL = """
            name: small
            task: {pairs: {train: words.tsv}}
            tokenizer: symbols
            variants:
              plain: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              taught: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            settings: {taught: {distil.training.objective: {forward-kl: {alpha: 0.9}}}}
            resources: {threads: 1}
            stages: [data, tokenizer, teacher, teacher-cache, distil, agreement]
            teacher:
              model: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              training: {tokens: 20k, batchTokens: 1024, evaluations: 2, evaluationPairs: 32}
            teacher-cache: {k: 8}
            distil: {training: {tokens: 12k, batchTokens: 1024, evaluations: 4, evaluationPairs: 32}}
            """;

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    private Workshop workshop(String runs) {
        return new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve(runs), Optional.empty());
    }

    private Plan plan(String yaml, Workshop workshop) throws IOException {
        if (!Files.exists(folder.resolve("words.tsv"))) {
            ReversedWords.write(folder);
        }
        return Plan.of(ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY), workshop.corpora());
    }

    private Runner.Ending run(String yaml, String runs, BooleanSupplier stop) throws IOException {
        events.clear();
        Workshop workshop = workshop(runs);
        return Runner.run(plan(yaml, workshop), workshop, List.of((run, time, event) -> events.add(event)), stop);
    }

    private long started(String stage) {
        return events.stream().filter(e -> e instanceof Event.StageStarted s && s.stage().equals(stage)).count();
    }

    @Test
    void aTeacherIsTrainedAndAskedOnceAndTheTaughtAgreeMoreWithIt() throws IOException {
        Runner.Ending ending = run(SMALL, "runs", () -> false);
        assertThat(ending.failures()).isEmpty();
        assertThat(List.of(started("teacher"), started("teacher-cache"), started("distil"))).containsExactly(1L, 1L, 2L);
        var header = CacheFile.header(ending.folder().ofGroup("", "teacher-cache"));
        assertThat(header.identity().k()).isEqualTo(8);
        assertThat(header.teacher()).startsWith("the experiment's teacher: decoder-only, ");
        assertThat(header.rows()).isGreaterThan(1000);
        Agreement plain = Agreement.read(ending.folder().result("plain-seed1", "agreement")).orElseThrow();
        Agreement taught = Agreement.read(ending.folder().result("taught-seed1", "agreement")).orElseThrow();
        assertThat(taught.forwardKl()).isLessThan(plain.forwardKl());
        assertThat(taught.teacherEntropy()).isEqualTo(plain.teacherEntropy()).isPositive();
        // whatever was minimised, the loss of the labels is told: of the control it is what it minimised
        List<CurveFiles.Labels> ofPlain = CurveFiles.labels(ending.folder().result("plain-seed1", "distil"));
        List<CurveFiles.Labels> ofTaught = CurveFiles.labels(ending.folder().result("taught-seed1", "distil"));
        List<Double> minimised = CurveFiles.development(ending.folder().result("plain-seed1", "distil"), "").stream().map(Event.TrainEvaluation::loss).toList();
        assertThat(ofPlain).extracting(CurveFiles.Labels::loss).isEqualTo(minimised).hasSize(4);
        assertThat(ofTaught).extracting(CurveFiles.Labels::step).isEqualTo(ofPlain.stream().map(CurveFiles.Labels::step).toList());
        assertThat(ofTaught).extracting(CurveFiles.Labels::seconds).isSorted();
        assertThat(ofTaught.getLast().loss()).isPositive().isLessThan(ofTaught.getFirst().loss())
                .isNotEqualTo(CurveFiles.development(ending.folder().result("taught-seed1", "distil"), "").getLast().loss());
        // at every look it is told how near the student has come
        List<Event.TrainAgreement> looks = CurveFiles.agreement(ending.folder().result("taught-seed1", "distil"), "taught-seed1");
        assertThat(events.stream().filter(Event.TrainAgreement.class::isInstance).toList()).isEqualTo(looks).hasSize(4);
        assertThat(looks.getLast().forwardKl()).isLessThan(looks.getFirst().forwardKl());
        assertThat(CurveFiles.agreement(ending.folder().result("plain-seed1", "distil"), "")).as("the control has no teacher").isEmpty();
        // later stages find the student where they look for what training left
        assertThat(ending.folder().result("taught-seed1", "train").toRealPath()).isEqualTo(ending.folder().result("taught-seed1", "distil").toRealPath());
        run(SMALL, "runs", () -> false);
        assertThat(List.of(started("teacher"), started("teacher-cache"), started("distil"))).as("nothing is done twice").containsExactly(0L, 0L, 0L);
        run(SMALL.replace("tokens: 20k", "tokens: 22k"), "runs", () -> false);
        assertThat(List.of(started("teacher"), started("teacher-cache"), started("distil"))).as("another teacher: the plain student is not trained again")
                .containsExactly(1L, 1L, 1L);
    }

    /** Three examples of the teacher's choice, the same for all students; of one that goes on from a training, also how far it was before. */
    @Test
    void whatDistillationDidCanBeReadTokenByToken() throws IOException {
        Runner.Ending ending = run(SMALL.replace("teacher-cache, distil", "teacher-cache, train, distil") + "train: {tokens: 4k, batchTokens: 1024, evaluations: 1, evaluationPairs: 32}\n",
                "runs", () -> false);
        assertThat(ending.failures()).isEmpty();
        TokenByToken taught = TokenByToken.read(ending.folder().result("taught-seed1", "distil")).orElseThrow();
        TokenByToken compared = TokenByToken.read(ending.folder().result("taught-seed1", "agreement")).orElseThrow();
        TokenByToken control = TokenByToken.read(ending.folder().result("plain-seed1", "agreement")).orElseThrow();
        assertThat(TokenByToken.read(ending.folder().result("plain-seed1", "distil"))).as("the control has no teacher").isEmpty();
        assertThat(taught.examples()).hasSize(3).extracting(TokenByToken.Example::source).doesNotHaveDuplicates()
                .isEqualTo(control.examples().stream().map(TokenByToken.Example::source).toList());
        assertThat(taught.examples()).extracting(DistilRunTest::entropy).isSorted();
        for (TokenByToken.Example example : taught.examples()) {
            assertThat(example.target()).isEqualTo(new StringBuilder(example.source()).reverse().toString());
            int letters = example.source().length();
            assertThat(example.positions()).hasSize(letters + 1).allSatisfy(position -> assertThat(position.at().inOneRow()).isEqualTo(letters + position.at().position()));
            assertThat(example.positions()).extracting(position -> position.at().about())
                    .isEqualTo(Stream.concat(example.target().chars().mapToObj(Character::toString), Stream.of("(end)")).toList());
            assertThat(example.positions()).extracting(position -> position.at().reads())
                    .isEqualTo(Stream.concat(Stream.of("(start)"), example.target().chars().mapToObj(Character::toString)).toList());
        }
        assertThat(mean(taught, TokenByToken.Position::after)).isLessThan(mean(taught, TokenByToken.Position::before)).isLessThan(mean(control, TokenByToken.Position::after))
                .isEqualTo(mean(compared, TokenByToken.Position::after), within(1e-6));
        assertThat(control.examples().getFirst().positions()).extracting(TokenByToken.Position::before).as("a comparison afterwards knows no before").containsOnly(Double.NaN);
    }

    private static double entropy(TokenByToken.Example example) {
        return example.positions().stream().mapToDouble(TokenByToken.Position::teacherEntropy).average().orElseThrow();
    }

    private static double mean(TokenByToken shown, ToDoubleFunction<TokenByToken.Position> of) {
        return shown.examples().stream().flatMap(example -> example.positions().stream()).mapToDouble(of).average().orElseThrow();
    }

    @Test
    void aStudentThatWasStoppedGoesOnToTheSameBits() throws IOException {
        String one = SMALL.replace("agreement]", "]").replace(", ]", "]").replace("  plain: ", "  plain2: ");
        Runner.Ending whole = run(one, "whole", () -> false);
        assertThat(whole.failures()).isEmpty();
        Runner.Ending stopped = run(one, "broken", () -> events.stream().anyMatch(e -> e instanceof Event.TrainEvaluation t && t.cell().equals("taught-seed1")));
        assertThat(stopped.status()).isEqualTo("stopped");
        Runner.Ending resumed = run(one, "broken", () -> false);
        assertThat(resumed.folder()).isEqualTo(stopped.folder());
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("taught-seed1: training goes on after step"));
        for (String file : List.of("model.safetensors", "last.safetensors", "development.csv")) {
            assertThat(Files.readAllBytes(resumed.folder().result("taught-seed1", "distil").resolve(file))).as(file)
                    .isEqualTo(Files.readAllBytes(whole.folder().result("taught-seed1", "distil").resolve(file)));
        }
    }

    private static final String OWN = SMALL.replace("settings: {taught: {", "settings: {taught: {distil.onPolicy: {fraction: 0.6, replay: 40, refresh: 5, maxTokens: 12}, ")
            .replace(", agreement]", "]");

    @Test
    void aStudentThatWritesItsOwnSequencesGoesOnAfterAStopToTheSameBits() throws IOException {
        Runner.Ending whole = run(OWN, "whole", () -> false);
        assertThat(whole.failures()).isEmpty();
        OnPolicyCost.Report cost = OnPolicyCost.Report.read(whole.folder().result("taught-seed1", "distil")).orElseThrow();
        assertThat(cost.fresh()).isPositive();
        assertThat(cost.replayed()).isPositive();
        assertThat(cost.data()).isPositive();
        assertThat(cost.generating() + cost.scoring()).isPositive().isLessThan(cost.all());
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("updates learnt from") && m.text().contains(" sequences of the student"));
        assertThat(OnPolicyCost.Report.read(whole.folder().result("plain-seed1", "distil"))).as("the control writes nothing").isEmpty();
        Runner.Ending stopped = run(OWN, "broken", () -> events.stream().anyMatch(e -> e instanceof Event.TrainEvaluation t && t.cell().equals("taught-seed1")));
        assertThat(stopped.status()).isEqualTo("stopped");
        Runner.Ending resumed = run(OWN, "broken", () -> false);
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("taught-seed1: training goes on after step"));
        for (String file : List.of("model.safetensors", "last.safetensors", "development.csv")) {
            assertThat(Files.readAllBytes(resumed.folder().result("taught-seed1", "distil").resolve(file))).as(file)
                    .isEqualTo(Files.readAllBytes(whole.folder().result("taught-seed1", "distil").resolve(file)));
        }
        OnPolicyCost.Report again = OnPolicyCost.Report.read(resumed.folder().result("taught-seed1", "distil")).orElseThrow();
        assertThat(List.of(again.fresh(), again.replayed(), again.data(), again.outputs())).containsExactly(cost.fresh(), cost.replayed(), cost.data(), cost.outputs());
    }

    private static final String STATES = SMALL.replace("settings: {taught: {", "settings: {taught: {distil.states: {weight: 0.5, course: {linear: {warmup: 0}}, distance: cosine}, ")
            .replace(", agreement]", "]");

    @Test
    void aStudentThatMatchesStatesGoesOnAfterAStopToTheSameBits() throws IOException {
        Runner.Ending whole = run(STATES, "whole", () -> false);
        assertThat(whole.failures()).isEmpty();
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("taught-seed1: decoder.0 (16 wide) meets the teacher's decoder.0 (16) of the experiment's "
                + "teacher: decoder-only") && m.text().contains("; its states took "));
        Path taught = whole.folder().result("taught-seed1", "distil");
        assertThat(SafeTensors.read(taught.resolve("model.safetensors")).weights().tensors().keySet()).as("projections are thrown away").noneMatch(name -> name.contains("matching"));
        List<CurveFiles.Labels> labels = CurveFiles.labels(taught);
        assertThat(labels).as("labels are told alone").isNotEmpty().allSatisfy(look -> assertThat(look.loss()).isPositive().isLessThan(4));
        Runner.Ending stopped = run(STATES, "broken", () -> events.stream().anyMatch(e -> e instanceof Event.TrainEvaluation t && t.cell().equals("taught-seed1")));
        assertThat(stopped.status()).isEqualTo("stopped");
        Runner.Ending resumed = run(STATES, "broken", () -> false);
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("taught-seed1: training goes on after step"));
        for (String file : List.of("model.safetensors", "last.safetensors", "development.csv")) {
            assertThat(Files.readAllBytes(resumed.folder().result("taught-seed1", "distil").resolve(file))).as(file).isEqualTo(Files.readAllBytes(taught.resolve(file)));
        }
        // without states it is another student
        Runner.Ending without = run(SMALL.replace(", agreement]", "]"), "whole", () -> false);
        assertThat(Files.readAllBytes(without.folder().result("taught-seed1", "distil").resolve("model.safetensors"))).isNotEqualTo(Files.readAllBytes(taught.resolve("model.safetensors")));
    }

    /** Of every batch that is learnt from; and beside labels alone, without a cache. */
    @Test
    void statesMayBeMatchedOfTheStudentsOwnSequencesAndBesideLabelsAlone() throws IOException {
        Runner.Ending own = run(OWN.replace("settings: {taught: {", "settings: {taught: {distil.states: {weight: 1}, "), "runs", () -> false);
        assertThat(own.failures()).isEmpty();
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("its states took")).anyMatch(e -> e instanceof Event.Message m
                && m.text().contains("updates learnt from"));
        String labels = SMALL.replaceAll("(?m)^(teacher-cache:).*\n", "").replace("teacher-cache, distil, agreement", "distil")
                .replace("distil.training.objective: {forward-kl: {alpha: 0.9}}", "distil.states: {weight: 1, blocks: {decoder.0: decoder.0}}");
        Runner.Ending alone = run(labels, "runs", () -> false);
        assertThat(alone.failures()).isEmpty();
        assertThat(events).anyMatch(e -> e instanceof Event.Message m && m.text().contains("its states took"));
        // the same steps of the same data as the control, but not the same student
        assertThat(Files.readAllBytes(alone.folder().result("taught-seed1", "distil").resolve("model.safetensors")))
                .isNotEqualTo(Files.readAllBytes(alone.folder().result("plain-seed1", "distil").resolve("model.safetensors")));
        Runner.Ending unknown = run(labels.replace("decoder.0: decoder.0", "decoder.0: decoder.4"), "runs", () -> false);
        assertThat(unknown.failures()).singleElement().satisfies(failure -> assertThat(failure.message()).contains("states: blocks: the experiment's teacher: decoder-only, ")
                .contains(" has no block 'decoder.4' at the target's positions. ").contains("decoder.0"));
    }

    @Test
    void statesThatCannotBeMatchedAreRefusedBeforeAnythingRuns() throws IOException {
        String program = SMALL.replace("settings: {taught: {", "settings: {taught: {distil.states: {weight: 1, teacher: {program: {command: [tr, a-z, b-za]}}}, ");
        assertThatThrownBy(() -> plan(program, workshop("runs"))).hasMessageContaining("states: teacher 'program' tells no hidden states, which those of the student are to match. "
                + "Name one that is a model of Encore's, such as trained, or leave 'states' out.");
        assertThatThrownBy(() -> plan(STATES.replace("weight: 0.5", "weight: 0"), workshop("runs"))).hasMessageContaining("but weight is 0; give one above 0");
        assertThatThrownBy(() -> plan(STATES.replace("distance: cosine", "pairs: 2"), workshop("runs")))
                .hasMessageContaining("variant 'taught': states: pairs: 2 is more than the blocks that encoder-decoder has at the target's positions here, 1: decoder.0");
        assertThatThrownBy(() -> plan(STATES.replace("distance: cosine", "blocks: {decoder.3: decoder.0}"), workshop("runs")))
                .hasMessageContaining("variant 'taught': states: blocks: encoder-decoder has no block 'decoder.3' at the target's positions. ");
    }

    @Test
    void allOfTheTeachersShareMayComeFromTheStudentsOwnSequencesAndBothCoursesMayChange() throws IOException {
        String yaml = SMALL.replace("{k: 8}", "{k: 64}").replace(", agreement]", "]").replace("settings: {taught: {distil.training.objective: {forward-kl: {alpha: 0.9}}}}",
                "settings: {taught: {distil.onPolicy: {fraction: 1, refresh: 1, maxTokens: 12}, distil.training.objective: {skew-kl: {alpha: 1, temperature: 2}}, "
                        + "distil.alphaCourse: {linear: {warmup: 0}}, distil.temperatureCourse: {cosine: {warmup: 0, floor: 0}}}}");
        Runner.Ending ending = run(yaml, "runs", () -> false);
        assertThat(ending.failures()).isEmpty();
        OnPolicyCost.Report cost = OnPolicyCost.Report.read(ending.folder().result("taught-seed1", "distil")).orElseThrow();
        assertThat(cost.data() + cost.replayed()).isZero();
        Runner.Ending refused = run(yaml.replace("{k: 64}", "{k: 8}"), "runs", () -> false);
        assertThat(refused.failures()).singleElement().satisfies(failure -> assertThat(failure.message()).contains("temperatureCourse needs the teacher's whole distribution, "
                + "but the cache has its 8 likeliest of "));
    }

    @Test
    void aModelOfAnotherRunMayTeachAndOneThatReadsOtherwiseIsRefused() throws IOException {
        String trained = SMALL.replaceAll("(?m)^(settings|teacher|  model|  training|teacher-cache|distil).*\n", "")
                .replace("teacher, teacher-cache, distil, agreement", "train") + "train: {tokens: 6k, batchTokens: 1024, evaluations: 1, evaluationPairs: 8}\n";
        Runner.Ending other = run(trained, "runs", () -> false);
        assertThat(other.failures()).isEmpty();
        String teaching = SMALL.replaceAll("(?m)^(teacher:|  model|  training).*\n", "").replace("teacher, teacher-cache", "teacher-cache")
                .replace("{k: 8}", "{teacher: {trained: {run: " + other.folder().path() + ", cell: taught-seed1}}}");
        Runner.Ending taught = run(teaching, "runs", () -> false);
        assertThat(taught.failures()).isEmpty();
        assertThat(CacheFile.header(taught.folder().ofGroup("", "teacher-cache")).teacher()).startsWith("taught-seed1 of ");
        Files.writeString(folder.resolve("words.tsv"), Files.readString(folder.resolve("words.tsv")) + "zzz\tQQQ\n");
        Runner.Ending refused = run(teaching, "runs", () -> false);
        assertThat(refused.failures()).hasSize(1);
        assertThat(refused.failures().getFirst().message()).contains("taught-seed1 of ").contains(" reads with tokenizer ").contains(", the students with ");
    }

    @Test
    void aProgramTeachesByWholeAnswers() throws IOException {
        String yaml = SMALL.replaceAll("(?m)^(teacher:|  model|  training|settings).*\n", "").replace("teacher, teacher-cache, distil, agreement", "teacher-cache, distil")
                .replace("{k: 8}", "{teacher: {program: {command: [tr, a-z, b-za]}}}").replace("distil: {", "distil: {targets: teacher, ");
        Runner.Ending ending = run(yaml, "runs", () -> false);
        // the teacher's alphabet is the students': what it answers can be written in their tokens
        assertThat(ending.failures()).isEmpty();
        String first = Files.readAllLines(ending.folder().ofGroup("", "teacher-cache").resolve("answers.jsonl")).getFirst();
        assertThat(first).startsWith("{\"source\":\"").contains("\"answer\":\"");
    }

    /** Sequence-level distillation from a model: its own outputs, decoded, are the labels. Stopped in the middle, the same lines are there in the end. */
    @Test
    void aTrainedTeacherWritesSequencesThatAStudentLearnsFrom() throws IOException {
        String yaml = SMALL.replaceAll("(?m)^(teacher-cache:).*\n", "").replace("teacher-cache, distil, agreement", "sequences, distil")
                .replace("{taught: {distil.training.objective: {forward-kl: {alpha: 0.9}}}}", "{taught: {distil.targets: sequences}}")
                + "sequences: {maxTokens: 12}\n";
        Runner.Ending ending = run(yaml, "runs", () -> false);
        assertThat(ending.failures()).isEmpty();
        assertThat(List.of(started("teacher"), started("sequences"), started("distil"))).containsExactly(1L, 1L, 2L);
        Path written = ending.folder().ofGroup("", "sequences").resolve("answers.jsonl");
        assertThat(Files.readAllLines(written)).hasSizeGreaterThan(1000);
        assertThat(Files.readString(written.resolveSibling("teacher.json"))).contains("decoded by beam");
        // the labels are others than the data's, so is the student
        assertThat(Files.readAllBytes(ending.folder().result("taught-seed1", "distil").resolve("model.safetensors")))
                .isNotEqualTo(Files.readAllBytes(ending.folder().result("plain-seed1", "distil").resolve("model.safetensors")));
        Runner.Ending stopped = run(yaml, "broken", () -> events.stream().anyMatch(e -> e instanceof Event.Progress p && p.stage().equals("sequences")));
        assertThat(stopped.status()).isEqualTo("stopped");
        Runner.Ending resumed = run(yaml, "broken", () -> false);
        assertThat(resumed.failures()).isEmpty();
        assertThat(withoutSeconds(resumed.folder().ofGroup("", "sequences").resolve("answers.jsonl"))).isEqualTo(withoutSeconds(written));
        assertThatThrownBy(() -> plan(yaml.replace("sequences, distil", "distil"), workshop("runs"))).hasMessageContaining("stage 'distil' needs stage 'sequences' before it");
    }

    private static List<String> withoutSeconds(Path answers) throws IOException {
        return Files.readAllLines(answers).stream().map(line -> line.replaceAll("\"seconds\":.*", "")).toList();
    }

    @Test
    void aLanguageModelIsAskedWithoutWordsAroundUnlessSomeAreGiven() throws IOException {
        String yaml = SMALL.replaceAll("(?m)^(teacher:|  model|  training).*\n", "").replace("teacher, teacher-cache", "teacher-cache").replace("{k: 8}", "{teacher: {imported: {model: words}}}");
        Files.writeString(Files.createDirectories(folder.resolve("words")).resolve("imported.json"), "{}");
        var options = (TeacherCacheOptions) ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY).cells().getFirst().stages().get("teacher-cache").options();
        assertThat(((ImportedTeacher.Options) options.teacher().options()).pairs())
                .isEqualTo(new Pairs(Gives.DISTRIBUTIONS, Optional.empty(), Optional.empty(), Optional.empty(), 64, 16));
    }

    @Test
    void whatDoesNotGoTogetherIsToldBeforeAnythingRuns() throws IOException {
        assertThatThrownBy(() -> plan(SMALL.replace("teacher-cache, ", ""), workshop("runs")))
                .hasMessageContaining("stage 'distil' needs stage 'teacher-cache' before it");
        assertThatThrownBy(() -> plan(SMALL.replace("teacher, ", ""), workshop("runs")))
                .hasMessageContaining("stage 'teacher-cache' needs stage 'teacher' before it");
        assertThatThrownBy(() -> plan(SMALL.replace("agreement]", "agreement, train]") + "train: {objective: reverse-kl}\n", workshop("runs")))
                .hasMessageContaining("objective 'reverse-kl' learns from a teacher, which the stage 'train' does not have. "
                        + "Use the stages 'teacher-cache' and 'distil'.");
        assertThatThrownBy(() -> plan(SMALL.replace("settings: {taught", "settings: {tuaght"), workshop("runs")))
                .hasMessageContaining("no variant 'tuaght' to set options of. Did you mean 'taught'?");
        assertThatThrownBy(() -> plan(SMALL.replace("distil: {", "distil: {targets: teacher, "), workshop("runs")))
                .hasMessageContaining("objective 'forward-kl' learns from distributions at the targets of the data");
        assertThatThrownBy(() -> plan(SMALL.replace("evaluations: 2, ", "evaluations: 2, objective: jsd, "), workshop("runs")))
                .hasMessageContaining("objective 'jsd' learns from a teacher, and the stage 'teacher' trains one from labels. Use an objective such as cross-entropy.");
        assertThatThrownBy(() -> plan(SMALL.replace("distil: {", "distil: {onPolicy: {fraction: 0.5}, "), workshop("runs")))
                .hasMessageContaining("objective 'cross-entropy' learns from labels alone, so onPolicy, alphaCourse and temperatureCourse have nothing to say");
        assertThatThrownBy(() -> plan(SMALL.replace("distil: {", "distil: {onPolicy: {adaptive: true}, "), workshop("runs")))
                .hasMessageContaining("adaptive and replay say how a fraction is reached, but fraction is 0");
    }
}
