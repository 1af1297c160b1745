package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger does: builds a plug-in against the SDK, installs it, uses it like what is built in, removes it. */
class PluginTest {

    private static final String TINY = """
            name: tiny
            task: {reverse: {words: 400, longest: 6}}
            variants:
              mine: {min-gru: {preset: tiny}}
              theirs: {encoder-decoder: {encoderLayers: 1, decoderLayers: 1, block: {width: 32, heads: 2, kvHeads: 2, headSize: 16}}}
            resources: {threads: 1}
            train: {tokens: 20k, batchTokens: 512, evaluations: 2}
            evaluate: {maxTokens: 8}
            benchmark: {repeats: 5, backend: {ort-cpu: {threads: 1}}}
            """;

    @TempDir
    Path folder;

    private Encore encore(String... arguments) throws IOException, InterruptedException {
        return Encore.start(folder, Map.of("ENCORE_PLUGINS", folder.resolve("plugins").toString()), arguments).await();
    }

    private String out(String... arguments) throws IOException, InterruptedException {
        Encore encore = encore(arguments);
        assertThat(encore.code()).as(String.join(" ", arguments) + ": " + encore.out() + encore.err()).isZero();
        assertThat(encore.err()).isEmpty();
        return encore.out();
    }

    @Test
    void aStrangersPluginIsUsedLikeABuiltInOneAndLeavesCleanly() throws Exception {
        Path jar = StrangersProject.build(folder);
        assertThat(out("plugin", "check", jar.toString())).contains("holds   min-gru on ort-cpu: it generates what training computes")
                .contains("holds   min-gru in torch: the loss agrees and falls").contains("everything holds");
        assertThat(out("plugin", "list")).startsWith("no plug-ins.");

        assertThat(out("plugin", "install", jar.toString()))
                .isEqualTo("com.example.mingru 1.0.0: architecture 'min-gru', task 'reverse', metric 'correct-prefix'\ninstalled in "
                + folder.resolve("plugins") + "\n");
        assertThat(out("plugin", "list")).contains("com.example.mingru  1.0.0    works");
        assertThat(out("list")).contains("min-gru").contains("reverse").contains("correct-prefix");
        assertThat(out("explain", "min-gru")).contains("size of a state over the width").contains("from bundle com.example.mingru 1.0.0");

        Files.writeString(folder.resolve("tiny.yaml"), TINY);
        assertThat(out("run", "tiny.yaml")).contains("CORRECT-PREFIX test %").contains("CORRECT-PREFIX points").contains("report.html");
        Path run = run();
        assertThat(run.resolve("report.html")).content().contains("CORRECT-PREFIX").contains("mine");
        assertThat(run.resolve("provenance.json")).content().contains("\"com.example.mingru\": \"1.0.0\"");
        assertThat(out("generate", run.toString(), "--cell", "mine-seed1", "abc")).isNotEmpty();

        assertThat(out("plugin", "remove", "com.example.mingru")).contains("removed com.example.mingru 1.0.0")
                .contains("named by run " + folder.relativize(run));
        Encore without = encore("run", "tiny.yaml");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("tiny.yaml:2:8: no task 'reverse'.").contains("tiny.yaml:4:10: no architecture 'min-gru'.")
                .contains("Is a plug-in missing? (encore plugin list)").contains("nothing was run").doesNotContain("\tat ");
        assertThat(out("show", run.toString())).as("what it has found stays").contains("CORRECT-PREFIX");
    }

    @Test
    void aJarDroppedIntoTheFolderWorksAndADamagedOneCostsALine() throws Exception {
        Files.createDirectory(folder.resolve("plugins"));
        Path damaged = Files.writeString(folder.resolve("plugins/damaged.jar"), "no jar");
        Encore list = encore("list", "metrics");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("wer");
        assertThat(list.err()).isEqualTo("warning: plug-in " + damaged
                + " is left out: it is damaged, or no jar at all: zip END header not found.  (encore plugin list)\n");
        Encore install = encore("plugin", "install", damaged.toString());
        assertThat(install.code()).isEqualTo(2);
        assertThat(install.err()).isEqualTo("encore: damaged.jar is no plug-in: it is damaged, or no jar at all: zip END header not found.\n");
        assertThat(out("plugin", "list")).contains("damaged.jar").contains("broken");
        assertThat(out("plugin", "remove", "damaged.jar")).contains("removed damaged.jar");
        assertThat(damaged).doesNotExist();
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(path -> Files.exists(path.resolve("report.html"))).findFirst().orElseThrow();
        }
    }
}
