package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    private static final String TINY = """
            name: tiny
            task: g2p-cmudict
            variants:
              enc: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            stages: [data, tokenizer, train]
            train: {tokens: 300k, batchTokens: 1024, evaluations: 30, evaluationPairs: 32}
            """;

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void itSaysItsVersionAndWhatIsInstalled() throws Exception {
        assertThat(Encore.start(folder, "--version").await().out()).matches("encore \\d+\\.\\d+\\.\\d+\\s+");
        Encore list = Encore.start(folder, "list").await();
        assertThat(list.code()).isZero();
        assertThat(list.err()).isEmpty();
        assertThat(list.out()).contains("decoder-only").contains("encoder-decoder").contains("residual-bridged").contains("g2p-cmudict").contains("ort-cpu")
                .contains("org.encore.architectures");
        assertThat(Encore.start(folder, "list", "backends").await().out()).contains("reference").doesNotContain("g2p-cmudict");
    }

    @Test
    void everythingInstalledIsExplained() throws Exception {
        for (String id : List.of("encoder-decoder", "train", "ort-cpu", "beam", "linear", "g2p-cmudict", "experiment", "per", "onnx")) {
            Encore explain = Encore.start(folder, "explain", id).await();
            assertThat(explain.code()).as(id + ": " + explain.err()).isZero();
            assertThat(explain.err()).isEmpty();
        }
        assertThat(Encore.start(folder, "explain", "train").await().out()).contains("tokens").contains("2M tokens").contains("learningRate").contains("example:");
        assertThat(Encore.start(folder, "explain", "mlflow").await().out()).contains("example:\n  listeners:\n  - {mlflow: {uri: mlruns}}\n");
        Encore typo = Encore.start(folder, "explain", "encoder-decodr").await();
        assertThat(typo.code()).isEqualTo(2);
        assertThat(typo.err()).contains("Did you mean 'encoder-decoder'?");
    }

    @Test
    void wrongInputIsAnsweredWithoutAStackTrace() throws Exception {
        file("bad.yaml", "name: x\ntask: g2p\nvariants: {a: {decoder-only: {layers: many}}}\n");
        for (String[] arguments : new String[][] {{"run", "bad.yaml"}, {"validate", "bad.yaml"}, {"run", "gone.yaml"}, {"run"}, {"rnu"}, {"list", "architectur"},
                {"show", "nowhere"}, {"run", folder.toString()}}) {
            Encore answer = Encore.start(folder, arguments).await();
            assertThat(answer.code()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(answer.err()).as(String.join(" ", arguments)).isNotBlank().doesNotContain("\tat ").doesNotContain("Exception");
        }
        assertThat(Encore.start(folder, "run", "bad.yaml").await().err()).contains("bad.yaml:2:7: no task 'g2p'").contains("bad.yaml:3:39: expected a whole number")
                .contains("2 problems; nothing was run.");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void withoutADisplayTheBareCommandSaysHowItIsUsed() throws Exception {
        Encore bare = Encore.start(folder, Map.of("DISPLAY", "", "WAYLAND_DISPLAY", "")).await();
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("Usage: encore").doesNotContain("\tat ");
        Encore window = Encore.start(folder, Map.of("DISPLAY", "", "WAYLAND_DISPLAY", ""), "workbench").await();
        assertThat(window.code()).isEqualTo(3);
        assertThat(window.err()).contains("the workbench needs a display");
    }

    @Test
    void aKilledTrainingGoesOnAndEndsWithTheSameBits() throws Exception {
        file("tiny.yaml", TINY);
        Encore unbroken = Encore.start(folder, "run", "tiny.yaml", "--runs", "unbroken").await();
        assertThat(unbroken.code()).as(unbroken.out() + unbroken.err()).isZero();
        Encore killed = Encore.start(folder, "run", "tiny.yaml", "--runs", "broken");
        killed.awaitOutput("development loss");
        Thread.sleep(400);
        killed.signal("KILL");
        killed.await();
        Encore resumed = Encore.start(folder, "run", "tiny.yaml", "--runs", "broken").await();
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        assertThat(resumed.out()).contains("going on with broken").contains("training goes on after step");
        assertThat(only(folder.resolve("broken"))).isEqualTo(only(folder.resolve("unbroken")));
    }

    /** The bits of the only trained model below a folder of runs. */
    private static String only(Path runs) throws IOException {
        try (Stream<Path> store = Files.list(runs.resolve("store"))) {
            Path train = store.filter(p -> p.getFileName().toString().startsWith("train-")).findFirst().orElseThrow();
            return java.util.HexFormat.of().formatHex(Files.readAllBytes(train.resolve("last.safetensors")));
        }
    }

    @Test
    void controlCStopsCleanlyAndSaysHowToGoOn() throws Exception {
        file("tiny.yaml", TINY);
        Encore run = Encore.start(folder, "run", "tiny.yaml");
        run.awaitOutput("development loss");
        run.signal("INT");
        run.await();
        assertThat(run.code()).isEqualTo(130);
        assertThat(run.out()).contains("stopped. To go on: encore run tiny.yaml");
        assertThat(run.err()).doesNotContain("Exception");
    }

    @Test
    void aFullDiskIsToldInASentence() throws Exception {
        file("tiny.yaml", TINY);
        // no file may grow beyond 64 kB: the first checkpoint fails as it does when the disk is full
        Encore run = Encore.startInShell(folder, "trap '' XFSZ; ulimit -f 64; exec " + Encore.COMMAND + " run tiny.yaml").await();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cannot write").doesNotContain("\tat ");
        try (Stream<Path> store = Files.list(folder.resolve("runs/store"))) {
            assertThat(store.map(p -> p.getFileName().toString())).noneMatch(name -> name.startsWith("train-"));
        }
    }

    @Test
    void twoProcessesSideBySideDoTheWorkOnce() throws Exception {
        file("tiny.yaml", TINY.replace("300k", "60k"));
        Encore first = Encore.start(folder, "run", "tiny.yaml");
        Encore second = Encore.start(folder, "run", "tiny.yaml");
        assertThat(first.await().code()).as(first.err()).isZero();
        assertThat(second.await().code()).as(second.err()).isZero();
        assertThat(first.out() + second.out()).contains("done before, kept");
        try (Stream<Path> store = Files.list(folder.resolve("runs/store"))) {
            assertThat(store.filter(p -> p.getFileName().toString().startsWith("train-"))).hasSize(1);
        }
    }
}
