package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No library calls home: the kernel counts every attempt to leave a machine that has no way out. */
class NoNetworkTest {

    @TempDir
    Path folder;

    @Test
    void trainingTokenizingEvaluatingAndMeasuringAskNobodyElse() throws Exception {
        boolean permitted = new ProcessBuilder("unshare", "-n", "true").redirectErrorStream(true).redirectOutput(folder.resolve("unshare.txt").toFile()).start()
                .waitFor() == 0;
        assumeTrue(permitted, "not tested: this user may make no network of its own: " + Files.readString(folder.resolve("unshare.txt")));
        SmallExperiment experiment = SmallExperiment.in(folder);
        // libtorch trains, Hugging Face's library tokenizes, ONNX Runtime generates and is measured
        experiment.text(SmallExperiment.text().replace("train]", "train, export, evaluate, benchmark, compare, report]")
                + "tokenizer: {bpe: {vocabulary: 300}}\nevaluate: {maxTokens: 8}\nbenchmark: {repeats: 6, warmup: 1, memory: false}\n");
        // attempts that find no route, of IPv4 and IPv6; a lookup of a name is one, and so is a connection. At the end one attempt of its own, which must count.
        Files.writeString(folder.resolve("script"), """
                attempts() { awk '/^Ip:/ && !names {for (i = 1; i <= NF; i++) if ($i == "OutNoRoutes") column = i; names = 1; next} /^Ip:/ {sum += $column}
                  /^Ip6OutNoRoutes/ {sum += $2} END {print sum + 0}' /proc/net/snmp /proc/net/snmp6; }
                before=$(attempts)
                '%s' run small.yaml > out 2> err; echo "code $?"
                echo "attempts $(($(attempts) - before))"
                before=$(attempts)
                (exec 3<> /dev/tcp/192.0.2.1/443) 2> /dev/null
                echo "control $(($(attempts) - before))"
                """.formatted(Encore.COMMAND));
        Encore script = Encore.startInShell(folder, "exec unshare -n bash script").await();
        assertThat(script.out()).as(Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err")) + script.err())
                .isEqualTo("code 0\nattempts 0\ncontrol 1\n");
        assertThat(Files.readString(folder.resolve("out"))).contains("benchmark: done").contains("report");
    }

    @Test
    void nothingThatLibtorchWouldExecuteIsReadFromARun() throws Exception {
        SmallExperiment experiment = SmallExperiment.in(folder);
        String longer = SmallExperiment.text().replace("20k", "60k").replace("evaluations: 4", "evaluations: 12");
        experiment.text(longer);
        assertThat(experiment.run("--runs", "clean").code()).isZero();
        Encore first = Encore.startInShell(folder, "exec setsid '" + Encore.COMMAND + "' run " + SmallExperiment.FILE);
        first.awaitOutput("development loss");
        first.killGroup();
        // a pipe that nobody writes to: whoever opens it waits for ever, and the test ends
        Encore script = Encore.startInShell(folder, "find runs -type d > folders; while read -r f; do mkfifo \"$f/model.pt\" \"$f/module.pt\" \"$f/model.ts\"; done < folders");
        assertThat(script.await().code()).as(script.err()).isZero();
        experiment.text(longer.replace("train]", "train, export, evaluate]") + "evaluate: {maxTokens: 8}\n");
        Encore second = experiment.run();
        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(experiment.trained("runs")).isEqualTo(experiment.trained("clean"));
    }
}
