package org.encore.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeTest {

    private static final String LIBRARY = "libonnxruntime.so";
    private static final String BINDINGS = "libonnxruntime4j_jni.so";

    @TempDir
    Path folder;

    /** A build of ONNX Runtime that somebody has: here a copy of the one that Encore carries. */
    private Path build() throws IOException {
        Path installations = Path.of(Encore.COMMAND).resolveSibling("releng/org.encore.product/target/encore");
        Path carried = installations.resolve(Files.readString(installations.resolve("current")).strip()).resolve("natives/onnxruntime");
        Path build = Files.createDirectories(folder.resolve("another build"));
        try (Stream<Path> files = Files.list(carried)) {
            for (Path file : files.toList()) {
                Files.copy(file, build.resolve(file.getFileName()));
            }
        }
        return build;
    }

    /** As a user starts it who has settings of his own. */
    private Encore encore(String words) throws IOException, InterruptedException {
        return Encore.startInShell(folder, "unset ENCORE_RUNTIMES; export XDG_CONFIG_HOME='" + folder.resolve("config") + "'; exec " + Encore.COMMAND + " "
                + words).await();
    }

    private static void assertOneSentence(Encore answer, int code, String... parts) {
        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(code);
        assertThat(answer.err().strip().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.err()).startsWith("encore: ").contains(parts).doesNotContain("Exception");
    }

    @Test
    void aBuildIsTriedRememberedUsedByEveryProcessAndForgotten() throws Exception {
        Path build = build();
        Encore use = encore("runtime use '" + build + "'");
        assertThat(use.code()).as(use.err()).isZero();
        assertThat(use.out()).contains("ONNX Runtime 1.", "works, and is used from now on", "CPU", "encore runtime forget onnxruntime");
        assertThat(encore("runtime list").out()).contains("the build in " + build.toRealPath()).contains("libtorch: libtorch").contains("carried by Encore");
        // what is loaded is that build, and no other
        Files.writeString(build.resolve(LIBRARY), "overwritten");
        assertThat(encore("runtime list").out()).contains("does not load");
        Encore carried = Encore.start(folder, "runtime", "list").await();   // ENCORE_RUNTIMES set to nothing goes before the settings
        assertThat(carried.out()).doesNotContain("does not load");
        Encore forget = encore("runtime forget onnxruntime");
        assertThat(forget.out()).contains("forgotten");
        assertThat(encore("runtime list").out()).doesNotContain("does not load").doesNotContain("another build");
    }

    @Test
    void aBuildThatDoesNotFitIsToldInASentenceAndNotRemembered() throws Exception {
        Path build = build();
        byte[] library = Files.readAllBytes(build.resolve(LIBRARY));
        byte[] bindings = Files.readAllBytes(build.resolve(BINDINGS));
        // what they say of themselves; symbols stay as they are, so that both can be loaded
        byte[] other = new String(bindings, StandardCharsets.ISO_8859_1).replace("\u00001.29.0\u0000", "\u00001.28.1\u0000").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(build.resolve(BINDINGS), other);
        assertOneSentence(encore("runtime use '" + build + "'"), 3, "1.28.1", "need 1.29.0");
        Files.write(build.resolve(BINDINGS), bindings);
        Files.writeString(build.resolve(LIBRARY), "no library at all");
        assertOneSentence(encore("runtime use '" + build + "'"), 3, "cannot be loaded");
        Files.write(build.resolve(LIBRARY), library);
        Files.delete(build.resolve(BINDINGS));
        assertOneSentence(encore("runtime use '" + build + "'"), 2, "libonnxruntime.so but no libonnxruntime4j_jni.so");
        assertThat(folder.resolve("config/encore/runtimes")).doesNotExist();
    }

    @Test
    void whatIsNoBuildIsAnsweredWithWhatOneLooksLike() throws Exception {
        build();
        assertOneSentence(encore("runtime use ."), 2, "libonnxruntime.so (ONNX Runtime)", "libtorch.so (libtorch)", "Did you mean", "another build?");
        assertOneSentence(encore("runtime use nowhere"), 2, "there is no folder nowhere");
        assertOneSentence(encore("runtime forget onnxruntim"), 2, "Did you mean 'onnxruntime'?");
    }
}
