package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.api.run.Event;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a teacher is told when the experiment is read, at its place, and not when students wait for what it says. */
class TeacherBlockTest {

    private static final Registry REGISTRY = Registry.ofPlatform();
    private static final String EXPERIMENT = """
            name: small
            task: {pairs: {train: words.tsv}}
            tokenizer: symbols
            variants:
              plain: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              taught: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            settings:
              taught:
                distil.training.objective: {OBJECTIVE: {alpha: 0.9}}
            resources: {threads: 1}
            stages: [data, tokenizer, teacher-cache, distil]
            distil: {training: {tokens: 4k, batchTokens: 1024, evaluations: 1, evaluationPairs: 32}}
            teacher-cache:
              teacher: TEACHER
            """;

    @TempDir
    Path folder;

    private static String with(String teacher, String objective) {
        return EXPERIMENT.replace("TEACHER", teacher).replace("OBJECTIVE", objective);
    }

    /** Without a student that needs distributions: about the teacher alone. */
    private static String with(String teacher) {
        return with(teacher, "forward-kl").replaceAll("(?s)settings:.*resources", "resources");
    }

    private void read(String yaml) {
        ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY);
    }

    /** The only problem, at its place. */
    private void refused(String yaml, String place, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(InvalidConfiguration.class, refusal -> assertThat(refusal.problems()).singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).hasToString(folder.resolve("test.yaml") + place);
                    assertThat(problem.message()).contains(message);
                }));
    }

    private Path file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void anUnknownTeacherAndAnUnknownOptionHaveTheNearestName() {
        refused(with("trianed"), ":11:12", "no teacher 'trianed'. Did you mean 'trained'?");
        refused(with("{program: {command: [cat], secnods: 3}}"), ":11:39", "no option 'secnods' here. Did you mean 'seconds'?");
    }

    @Test
    void aRunThatIsNoneOrHasNoSuchModel() throws IOException {
        new RunPlan("big", List.of(), null, List.of(new RunPlan.OfCell("deep-seed1", "deep", 1, Map.of(), "m", "pairs"), new RunPlan.OfCell("wide-seed1", "wide", 1, Map.of(), "m", "pairs")),
                Map.of("m", new RunPlan.OfModel("decoder-only", Map.of(), 1, 16, 12, List.of())), Map.of(), List.of(), Map.of(), Map.of())
                        .write(new RunFolder(Files.createDirectories(folder.resolve("runs/big-1"))));
        refused(with("{trained: {run: runs/bug-1}}"), ":11:28", "/runs/bug-1 is no run: it has no plan.json. Did you mean 'big-1'? Name a folder below runs/");
        refused(with("{trained: {run: runs}}"), ":11:28", "is no run");
        refused(with("{trained: {run: runs/big-1}}"), ":11:28", "has 2 models; name one by 'cell': deep-seed1, wide-seed1");
        refused(with("{trained: {run: runs/big-1, cell: dep-seed1}}"), ":11:46", "has no cell 'dep-seed1'. Did you mean 'deep-seed1'?");
        refused(with("{trained: {run: runs/big-1, cell: deep-seed1}}"), ":11:46", "deep-seed1 of " + folder + "/runs/big-1 is not trained: there is no ");
        refused(with("{trained: {cell: deep-seed1}}").replace("[data, tokenizer,", "[data, tokenizer, teacher,") + "teacher: {model: {decoder-only: {layers: 1}}}\n", ":11:29",
                "cell 'deep-seed1' is of no run");
        file("runs/odd-1/plan.json", "{\"experiment\": 7");
        refused(with("{trained: {run: runs/odd-1}}"), ":11:28", "cannot be read: ");
    }

    @Test
    void aModelThatIsNotThere() throws IOException {
        file("models/stories260K/imported.json", "{}");
        file("models/small.onnx", "");
        Files.createDirectories(folder.resolve("models/export"));
        refused(with("{imported: {model: models/stories260k}}"), ":11:31", "/models/stories260k holds no imported model: there is no imported.json. Did you mean 'stories260K'? Import one: "
                + "encore import FORMAT SOURCE --to ");
        refused(with("{onnx: {model: models/smal.onnx}}"), ":11:27", "there is no graph " + folder + "/models/smal.onnx and no folder of this name. Did you mean 'small.onnx'?");
        refused(with("{onnx: {model: models/small.onnx}}"), ":11:27", "a graph says nothing about text. Name its tokenizer, such as tokenizer: {huggingface: {file: " + folder + "/models/tokenizer.json}}");
        refused(with("{onnx: {model: models/export}}"), ":11:27", "there is no tokenizer.json in " + folder + "/models/export or beside it");
        refused(with("{onnx: {model: models/small.onnx, tokenizer: {huggingface: {file: gone.json}}}}"), ":11:78", "there is no tokenizer at " + folder + "/gone.json");
    }

    @Test
    void aProgramThatIsNotHereOrNone() throws IOException {
        refused(with("{program: {command: [no-such-teacher]}}"), ":11:32", "the program 'no-such-teacher' is not here: no folder of PATH has it. Install it, or give its whole path.");
        refused(with("{program: {command: [slep, '1']}}"), ":11:32", "Did you mean 'sleep'?");
        Path file = file("bin/speak", "#!/bin/sh\ncat\n");
        refused(with("{program: {command: [" + file + "]}}"), ":11:32", "is a file, but no program: it may not be executed. Permit that (chmod +x)");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        refused(with("{program: {command: [" + folder + "/bin/spaek]}}"), ":11:32", "there is no program " + folder + "/bin/spaek; a relative path begins at the folder that encore is started "
                + "in. Did you mean 'speak'?");
        read(with("{program: {command: [" + file + "]}}"));
    }

    @Test
    void anAddressThatIsNoneAndAKeyThatIsNotThere() {
        refused(with("{http: {model: wise, url: 'ftp://127.0.0.1/v1'}}"), ":11:38", "url must be http://HOST/… or https://HOST/…");
        refused(with("{http: {model: wise, url: 'http://127.0.0.1:80000/v1'}}"), ":11:38", "url has port 80000; ports are 1 to 65535");
        refused(with("{http: {model: wise, url: 'http://127 .0.0.1/v1'}}"), ":11:38", "url is no address, such as http://127.0.0.1:8000/v1: ");
        refused(with("{http: {model: wise, url: 'http://127.0.0.1/v1', key: NO_SUCH_TEACHER_KEY}}"), ":11:66", "there is no environment variable NO_SUCH_TEACHER_KEY");
        refused(with("{http: {model: wise, url: 'http://127.0.0.1/v1', prompt: Say it}}"), ":11:69", "has no {source}");
    }

    @Test
    void anEnsembleOfWhatHasNoMean() {
        String members = "{ensemble: {teachers: [{http: {url: 'http://127.0.0.1/v1', model: m, gives: distributions}}, {program: {command: [cat]}}]}}";
        refused(with(members), ":11:34", "teacher 'program' gives whole outputs and no distributions: no mean can be taken of them");
        refused(with(members.replace("[cat]", "[no-such-teacher]")), ":11:125", "the program 'no-such-teacher' is not here");
    }

    /** At the line that chose it, be that an option of the stage or a setting of one variant. */
    @Test
    void aStudentThatCannotLearnFromWhatTheTeacherGivesIsRefusedBeforeItIsAsked() throws IOException {
        file("models/other/imported.json", "{}");
        String spans = "{imported: {model: models/other, pairs: {gives: spans}}}";
        refused(with(spans, "forward-kl"), ":9:32", "objective 'forward-kl' compares the teacher's distribution with the student's token by token, but teacher 'imported' gives "
                + "distributions by spans of text (gives: spans), over tokens of its own. Use the objective span-uld, or a teacher that reads with the students' tokenizer (gives: distributions).");
        read(with(spans, "span-uld"));
        read(with(spans.replace("spans", "distributions"), "forward-kl"));
        refused(with("{program: {command: [cat]}}", "reverse-kl"), ":9:32", "objective 'reverse-kl' learns from distributions over tokens, but teacher 'program' gives whole outputs alone. Learn "
                + "those as labels (targets: teacher, objective: cross-entropy), or choose a teacher that gives distributions.");
        refused(with(spans.replace("spans", "answers"), "span-uld"), ":9:32", "but teacher 'imported' gives whole outputs alone");
        String direct = with("{program: {command: [cat]}}").replace("distil: {training: {", "distil: {training: {objective: jsd, ");
        refused(direct, ":9:32", "objective 'jsd' learns from distributions over tokens, but teacher 'program' gives whole outputs alone");
    }

    @Test
    void otherStagesThatCannotUseWhatTheTeacherGives() throws IOException {
        file("models/other/imported.json", "{}");
        String spans = "{imported: {model: models/other, pairs: {gives: spans}}}";
        refused(with(spans).replace("distil: {", "distil: {targets: teacher, "), ":9:19", "targets: teacher takes whole outputs for labels, but teacher 'imported' gives distributions by spans of "
                + "text (gives: spans). Let it write them: add the stage 'sequences' before 'distil', with targets: sequences.");
        refused(with("{program: {command: [cat]}}").replace(", distil]", ", distil, agreement]"), ":8:9", "stage 'agreement' compares distributions of models with their teacher's, but teacher "
                + "'program' gives whole outputs alone. Leave the stage out");
        refused(with(spans).replace("teacher-cache", "sequences").replace("distil: {", "distil: {targets: sequences, "), ":11:12", "but teacher 'imported' gives distributions by spans of text");
        refused(with(spans, "span-uld").replace("distil: {", "distil: {onPolicy: {fraction: 0.5, teacher: {program: {command: [cat]}}}, ").replace("  plain:", "  # plain:"), ":12:45",
                "onPolicy: what the student writes is commented token by token, but teacher 'program' gives whole outputs alone");
        refused(with(spans, "span-uld") + "  temperature: 2\n", ":9:32", "objective 'span-uld' needs distributions at temperature 1, but teacher-cache asks its teacher at 2: what was said at one "
                + "says nothing of another. Set teacher-cache: {temperature: 1}.");
    }

    @Test
    void anExperimentThatHasRunIsReadWithoutItsTeacher() throws IOException {
        Path file = file("test.yaml", with("{program: {command: [no-such-teacher]}}"));
        assertThat(ExperimentReader.readFinished(file, REGISTRY).cells()).hasSize(2);
    }

    /** It costs what needs it, and nothing else. */
    @Test
    void aTeacherThatIsGoneInTheMiddleOfARunFailsItsStageAlone() throws IOException {
        ReversedWords.write(folder);
        Path program = Files.setPosixFilePermissions(file("speak", "#!/bin/sh\ncat\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String yaml = with("{program: {command: [" + program + "]}}").replace("resources", "settings: {taught: {distil.targets: teacher}}\nresources");
        var workshop = new Workshop(REGISTRY, new Corpora(REGISTRY, NoData.FILES, folder.resolve("tokenizers")), List.of(), folder.resolve("runs"), Optional.empty());
        Plan plan = Plan.of(ExperimentReader.read(folder.resolve("test.yaml"), yaml, List.of(), REGISTRY), workshop.corpora());
        var ended = new ArrayList<String>();
        Runner.Ending ending = Runner.run(plan, workshop, List.of((run, time, event) -> {
            if (event instanceof Event.StageFinished finished) {
                ended.add(finished.stage());
                program.toFile().delete();
            }
        }), () -> false);
        assertThat(ending.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.stage()).isEqualTo("teacher-cache");
            assertThat(failure.message()).contains("there is no program " + program);
        });
        assertThat(ended).as("the student that needs no teacher").contains("distil");
        assertThat(ending.status()).isEqualTo("failed");
    }
}
