package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on real machines: one sentence says it, and nothing that was done before is lost. */
class FailuresTest {

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void files() throws IOException {
        experiment = SmallExperiment.in(folder);
    }

    /** Runs a script that may mount file systems which nobody else sees. */
    private Encore mounting(String script) throws IOException, InterruptedException {
        boolean permitted = new ProcessBuilder("unshare", "-m", "sh", "-c", "mkdir -p '" + folder + "/m' && mount -t tmpfs -o size=64k tmpfs '" + folder + "/m'")
                .redirectErrorStream(true).redirectOutput(folder.resolve("unshare.txt").toFile()).start().waitFor() == 0;
        assumeTrue(permitted, "not tested: this user may mount no file system: " + Files.readString(folder.resolve("unshare.txt")));
        Files.writeString(folder.resolve("script"), "set -e; mkdir runs; encore() { '" + Encore.COMMAND + "' \"$@\"; }\n" + script);
        return Encore.startInShell(folder, "exec unshare -m bash script").await();
    }

    private static void assertOneSentence(Encore run, String... parts) {
        assertThat(run.code()).as(run.out()).isNotZero();
        List<String> lines = run.err().lines().filter(line -> !line.startsWith("NOTE: Picked up")).toList();
        assertThat(lines).as(run.err()).hasSize(1);
        assertThat(lines.getFirst()).contains(parts).doesNotContain("Exception");
    }

    @Test
    void aDiskThatIsFullIsToldAndTheSameCommandGoesOnOnceThereIsRoom() throws Exception {
        assertThat(experiment.run("--runs", "undisturbed").code()).isZero();
        // room for nothing, for the beginning but no checkpoint, for all; no space again, where all is done
        Encore script = mounting("""
                mount -t tmpfs -o size=20k tmpfs runs
                code=0; encore run small.yaml > out1 2> err1 || code=$?; echo $code
                mount -o remount,size=140k runs
                code=0; encore run small.yaml > out2 2> err2 || code=$?; echo $code
                ls runs/store > store2
                mount -o remount,size=20m runs
                code=0; encore run small.yaml > out3 2> err3 || code=$?; echo $code
                cp -r runs kept
                """);
        assertThat(script.out()).as(script.err() + Files.readString(folder.resolve("err3"))).isEqualTo("1\n1\n0\n");
        for (String err : List.of("err1", "err2")) {
            assertThat(Files.readString(folder.resolve(err))).as(err).contains("No space left on device").doesNotContain("Exception").doesNotContain("\tat ");
        }
        assertThat(Files.readString(folder.resolve("err1"))).contains("What is finished is kept; when that is mended, the same command goes on");
        assertThat(Files.readString(folder.resolve("err2"))).contains("failed: enc-seed1 train: cannot write ").contains("checkpoint.safetensors");
        assertThat(Files.readString(folder.resolve("store2"))).contains("data-", "tokenizer-").doesNotContain("train-");
        assertThat(Files.readString(folder.resolve("out3"))).contains("going on with runs/small-").contains("data: done before, kept");
        assertThat(experiment.trained("kept")).isEqualTo(experiment.trained("undisturbed"));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsToldAndCanStillBeLookedAt() throws Exception {
        Encore script = mounting("""
                mount -t tmpfs -o size=20m tmpfs runs
                encore run small.yaml > out1 2> err1
                mount -o remount,ro runs
                code=0; encore run small.yaml > out2 2> err2 || code=$?; echo $code
                encore show > out3 2> err3; encore runs > out4 2> err4; encore gc > out5 2> err5; encore plan small.yaml > out6 2> err6
                code=0; encore gc --yes > out7 2> err7 || code=$?; echo $code
                """);
        assertThat(script.out()).as(script.err()).isEqualTo("1\n0\n");
        assertThat(Files.readString(folder.resolve("err2")).lines().filter(line -> !line.startsWith("NOTE"))).singleElement().asString()
                .matches("encore: the run ends here, because something cannot be written or read: runs/small-.*-2: Read-only file system\\. What is finished is kept; "
                        + "when that is mended, the same command goes on");
        assertThat(Files.readString(folder.resolve("out3"))).contains("enc ");
        assertThat(Files.readString(folder.resolve("out4"))).contains("done");
        assertThat(Files.readString(folder.resolve("out6"))).contains("train");
    }

    @Test
    void dataThatChangeBetweenTwoRunsAreNoticedAndNothingIsMixedUp() throws Exception {
        experiment.text(SmallExperiment.text().replace("20k", "20M").replace("evaluations: 4", "evaluations: 20000"));
        Encore first = Encore.start(folder, "run", SmallExperiment.FILE);
        first.awaitOutput("development loss");
        first.signal("INT");
        assertThat(first.await().code()).isEqualTo(130);
        experiment.pairs(2);
        Encore second = Encore.start(folder, "run", SmallExperiment.FILE);
        second.awaitOutput("development loss");
        second.signal("INT");
        second.await();
        assertThat(second.out()).contains("the data were changed since this run began; what was made of the earlier ones is made anew, and kept in the store")
                .doesNotContain("training goes on").doesNotContain("done before, kept");
        assertThat(experiment.results("data")).as("of either data").hasSize(2);
    }

    @Test
    void dataThatChangeWhileARunGoesOnAreNotTrainedOnUnderTheNameOfTheOthers() throws Exception {
        Path launcher = Files.writeString(folder.resolve("launch"), "#!/bin/bash\necho 'a b\tb a' >> '" + folder + "/pairs.tsv'\nexec \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        experiment.text(SmallExperiment.text() + "launcher: {program: {command: ['" + launcher + "']}}\n");
        Map<String, String> ownTrust = Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
        Encore run = Encore.start(folder, ownTrust, "run", SmallExperiment.FILE, "--trust").await();
        assertOneSentence(run, "failed: enc-seed1 train: the data of task pairs were changed while the run went on", "Run it again");
        assertThat(experiment.results("train")).isEmpty();
    }

    @Test
    void aResultThatWasCutOffIsNoticedAndMadeAnew() throws Exception {
        assertThat(experiment.run().code()).isZero();
        String trained = experiment.trained("runs");
        Path result = experiment.results("train").getFirst();
        Path weights = result.resolve("model.safetensors");
        Files.write(weights, java.util.Arrays.copyOf(Files.readAllBytes(weights), 1000));
        Encore again = experiment.run();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).containsPattern("a result is damaged and is made anew: .*/store/train-[0-9a-f]+: model.safetensors has 1000 bytes instead of \\d+");
        assertThat(experiment.trained("runs")).isEqualTo(trained);
        assertThat(experiment.run().out()).contains("train enc-seed1: done before, kept");
    }

    @Test
    void aResultThatIsNonsenseIsNamedWithWhatToDo() throws Exception {
        experiment.text(SmallExperiment.text().replace("train]", "train, evaluate]") + "evaluate: {maxTokens: 8}\n");
        assertThat(experiment.run().code()).isZero();
        Path scores = experiment.results("evaluate").getFirst().resolve("scores.json");
        byte[] good = Files.readAllBytes(scores);
        byte[] bad = good.clone();
        java.util.Arrays.fill(bad, 20, bad.length, (byte) 'x');
        Files.write(scores, bad);
        assertOneSentence(Encore.start(folder, "show").await(), "scores.json is damaged: ", ". Delete the folder " + scores.toRealPath().getParent() + " and run the experiment again.");
        Files.writeString(scores, new String(good).replace("\"examples\"", "\"exemples\""));
        assertOneSentence(Encore.start(folder, "show").await(), "scores.json is damaged: field 'examples' of splits.");
        // what it says helps
        for (Path file : List.of(scores.resolveSibling(".contents"), scores)) {
            Files.delete(file);
        }
        try (var rest = Files.list(scores.getParent())) {
            for (Path file : rest.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(scores.getParent());
        Encore again = experiment.run();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("train enc-seed1: done before, kept");
        assertThat(Files.readAllBytes(scores)).isEqualTo(good);
    }

    @Test
    void aLogThatWasCutOffLosesNoMoreThanItsLastLine() throws Exception {
        experiment.text(SmallExperiment.text().replace("20k", "200k").replace("evaluations: 4", "evaluations: 40"));
        Encore first = Encore.start(folder, "run", SmallExperiment.FILE);
        first.awaitOutput("development loss");
        first.signal("KILL");
        first.await();
        Path events = experiment.newest().resolve("events.jsonl");
        String whole = Files.readString(events);
        Files.writeString(events, whole.replaceFirst("\n", "\nthis is no event\n{\"type\":\"train-step\"}\n\u0000\u0000\n") + "{\"time\":\"2026-01-01T00:00:00Z\",\"ty");
        assertThat(Encore.start(folder, "runs").await().out()).contains("killed");
        Encore second = experiment.run();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("going on with runs/small-");
        assertThat(Files.readString(events)).contains("\"ty\n{").contains("\"resumed\":true");
        assertThat(Encore.start(folder, "show").await().out()).contains("enc ").doesNotContain("goes on, or was killed");
    }

    @Test
    void aNativeLibraryThatIsMissingIsToldWithTheRemedy() throws Exception {
        Encore training = Encore.start(folder, Map.of("DJL_CACHE_DIR", "/proc/nowhere"), "run", SmallExperiment.FILE).await();
        assertOneSentence(training, "encore: the Hugging Face tokenizers library cannot be loaded: ", "DJL_CACHE_DIR", "docs/troubleshooting.md");
        experiment.text(SmallExperiment.text() + "tokenizer: symbols\n");
        training = Encore.start(folder, Map.of("DJL_CACHE_DIR", "/proc/nowhere"), "run", SmallExperiment.FILE).await();
        assertOneSentence(training, "failed: enc-seed1 train: PyTorch cannot be loaded: ", "DJL_CACHE_DIR", "docs/troubleshooting.md");
        assertThat(experiment.run().code()).as("with its library it goes on").isZero();
        experiment.text(SmallExperiment.text().replace("train]", "train, evaluate]") + "tokenizer: symbols\nevaluate: {maxTokens: 8}\n");
        Encore measuring = Encore.start(folder, Map.of("ENCORE_JAVA_OPTIONS", "-Donnxruntime.native.path=" + folder), "run", SmallExperiment.FILE).await();
        assertOneSentence(measuring, "encore: stage evaluate wants backend ort-cpu, but ONNX Runtime cannot be loaded: ", "docs/troubleshooting.md");
        assertThat(measuring.code()).as("refused before any work").isEqualTo(3);
        assertThat(experiment.run().out()).contains("train enc-seed1: done before, kept");
    }

    @Test
    void whatWasResolvedNamesTheSameFilesWhereverItIsReadFrom() throws Exception {
        experiment.text(SmallExperiment.text().replace("train]", "x]").replace(", x]", "]").replaceAll("train: \\{tokens.*\n", "") + "tokenizer: {bpe: {vocabulary: 300}}\n");
        assertThat(experiment.run().code()).isZero();
        Files.copy(experiment.results("tokenizer").getFirst().resolve("tokenizer.json"), folder.resolve("mine.json"));
        experiment.text(Files.readString(folder.resolve(SmallExperiment.FILE)).replace("{bpe: {vocabulary: 300}}", "{huggingface: {file: mine.json}}"));
        Path elsewhere = Files.createDirectories(folder.resolve("else/where"));
        Encore run = Encore.start(elsewhere, "run", "../../" + SmallExperiment.FILE).await();
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        String resolved = elsewhere.relativize(new SmallExperiment(elsewhere).newest().resolve("resolved.yaml")).toString();
        Encore validated = Encore.start(elsewhere, "validate", resolved).await();
        assertThat(validated.code()).as(validated.err()).isZero();
        Encore again = Encore.start(elsewhere, "run", resolved).await();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("tokenizer: done before, kept");
    }
}
