package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes that do a run's work: what happens when one of them, or the one that started them, ends. */
class WorkersTest {

    private static final String TWO = """
            name: two
            task: g2p-cmudict
            variants:
              first: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
              second: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}
            resources: {threads: 1}
            stages: [data, tokenizer, train]
            train: {tokens: 200k, batchTokens: 1024, evaluations: 20, evaluationPairs: 32}
            """;

    @TempDir
    Path folder;

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private static ProcessHandle worker(Encore run) {
        return run.descendants().stream().filter(p -> p.info().commandLine().orElse("").contains("worker")).findFirst().orElseThrow();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    /** Until a training has something to go on from. */
    private void awaitCheckpoint() throws IOException, InterruptedException {
        for (int look = 0; look < 2400; look++) {
            if (Files.isDirectory(folder.resolve("runs/store"))) {
                try (Stream<Path> files = Files.walk(folder.resolve("runs/store"))) {
                    if (files.anyMatch(file -> file.endsWith("checkpoint.safetensors"))) {
                        return;
                    }
                } catch (java.io.UncheckedIOException e) {
                    // a temporary file came and went
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no checkpoint was written");
    }

    private List<Path> trained(String runs) throws IOException {
        try (Stream<Path> store = Files.list(folder.resolve(runs).resolve("store"))) {
            return store.filter(p -> p.getFileName().toString().startsWith("train-")).toList();
        }
    }

    @Test
    void nativeCodeThatCrashesCostsOneModel() throws Exception {
        file("two.yaml", TWO);
        Encore run = Encore.start(folder, "run", "two.yaml");
        awaitCheckpoint();
        signal("SEGV", worker(run));
        run.await();
        assertThat(run.code()).as(run.out()).isEqualTo(1);
        assertThat(run.err()).contains("failed: first-seed1 train: native code").contains("the process is gone. The other models are not concerned");
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(trained("runs")).as("the other model").hasSize(1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("hs_err") || n.startsWith("core"))).as("litter").isEmpty();
        }
        // the same command does what is missing, from where it stood
        Encore again = Encore.start(folder, "run", "two.yaml").await();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("training goes on after step").contains("train second-seed1: done before, kept");
    }

    @Test
    void whenTheRunIsKilledItsWorkersEndToo() throws Exception {
        file("two.yaml", TWO.replace("200k", "20M"));
        Encore run = Encore.start(folder, "run", "two.yaml");
        run.awaitOutput("first-seed1  ");
        ProcessHandle worker = worker(run);
        run.signal("KILL");
        run.await();
        worker.onExit().get(60, TimeUnit.SECONDS);
        assertThat(worker.isAlive()).isFalse();
        assertThat(Encore.start(folder, "runs").await().out()).contains("killed");
    }

    @Test
    void aMeasurementWaitsUntilTheMachineIsFreeAndSaysForWhom() throws Exception {
        file("long.yaml", TWO.replace("200k", "20M").replace("name: two", "name: long"));
        file("measure.yaml", TWO.replace("200k", "5k").replace("evaluations: 20", "evaluations: 1").replace("name: two", "name: measure")
                .replace("train]", "train, benchmark]") + "benchmark: {repeats: 6, warmup: 1, memory: false}\n");
        Encore training = Encore.start(folder, "run", "long.yaml");
        training.awaitOutput("first-seed1  ");
        Encore measuring = Encore.start(folder, "run", "measure.yaml");
        measuring.awaitOutput("waits for its turn on this machine: process ");
        assertThat(measuring.out()).containsPattern("benchmark of .*waits for its turn on this machine: .*process \\d+ has it \\(train first-seed1 of .*long-");
        assertThat(measuring.out()).doesNotContain("benchmark: done");
        training.signal("INT");
        training.await();
        assertThat(measuring.await().code()).as(measuring.err()).isZero();
        assertThat(measuring.out()).contains("benchmark: done");
    }

    @Test
    void whoIsGoneDoesNotSeemToHaveTheMachineBecauseItsNumberIsAnothersToday() throws Exception {
        Path turns = Files.createDirectories(folder.resolve("turns"));
        // the number of this very process, which started at another time
        Files.writeString(turns.resolve("holder-" + ProcessHandle.current().pid()), "train old-seed1 of /somewhere/else, since 10:00:00\n1000000\n");
        Map<String, String> own = Map.of("ENCORE_JAVA_OPTIONS", "-Dencore.turns=" + turns);
        file("long.yaml", TWO.replace("200k", "20M").replace("name: two", "name: long"));
        file("measure.yaml", TWO.replace("200k", "5k").replace("evaluations: 20", "evaluations: 1").replace("name: two", "name: measure")
                .replace("train]", "train, benchmark]") + "benchmark: {repeats: 6, warmup: 1, memory: false}\n");
        Encore training = Encore.start(folder, own, "run", "long.yaml");
        training.awaitOutput("first-seed1  ");
        Encore measuring = Encore.start(folder, own, "run", "measure.yaml");
        measuring.awaitOutput("waits for its turn on this machine: process ");
        assertThat(measuring.out()).contains("(train first-seed1 of ").doesNotContain("old-seed1");
        training.signal("KILL");
        training.await();
        assertThat(measuring.await().code()).as(measuring.err()).isZero();
    }

    @Test
    void severalModelsAreTrainedAtATime() throws Exception {
        file("two.yaml", TWO.replace("threads: 1", "threads: 1, workers: 2"));
        Encore run = Encore.start(folder, "run", "two.yaml");
        run.awaitOutput("first-seed1  ");
        run.awaitOutput("second-seed1  ");
        assertThat(run.out()).doesNotContain("train first-seed1: done").doesNotContain("train second-seed1: done");
        assertThat(run.await().code()).as(run.err()).isZero();
        assertThat(trained("runs")).hasSize(2);
    }

    @Test
    void aProgramThatStartsWorkersHasToBeAgreedTo() throws Exception {
        file("two.yaml", TWO.replace("200k", "5k").replace("evaluations: 20", "evaluations: 1") + "launcher: {program: {command: [nice, -n, '5']}}\n");
        Encore asked = Encore.start(folder, "run", "two.yaml").await();
        assertThat(asked.code()).isEqualTo(2);
        assertThat(asked.err()).isEqualToIgnoringNewLines("encore: two.yaml starts the program nice -n 5. Nothing was run. If you agree to that, say so once: "
                + "encore run two.yaml --trust");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
