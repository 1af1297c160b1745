package org.encore.plugins.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.encore.plugins.install.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final int LINK = 0120777;
    private static final int REGULAR = 0100644;

    @TempDir
    Path folder;

    private record Entry(String name, byte[] content, int mode) {
        Entry(String name, String content) {
            this(name, content.getBytes(StandardCharsets.UTF_8), REGULAR);
        }
    }

    private Path zip(Entry... entries) throws IOException {
        Path file = folder.resolve("many.zip");
        try (var zip = new ZipArchiveOutputStream(file)) {
            for (Entry entry : entries) {
                var header = new ZipArchiveEntry(entry.name);
                header.setUnixMode(entry.mode);
                zip.putArchiveEntry(header);
                zip.write(entry.content);
                zip.closeArchiveEntry();
            }
        }
        return file;
    }

    private List<Path> unpacked(Path zip) throws IOException {
        return new Incoming(Files.createDirectories(folder.resolve("scratch")), InstallTest.NO_NETWORK).jars(zip.toString(), "");
    }

    private void assertRefused(Path zip, String reason) throws IOException {
        ThrowingCallable unpacking = () -> unpacked(zip);
        assertThatThrownBy(unpacking).isInstanceOf(IllegalArgumentException.class).hasMessage("archive many.zip is refused: " + reason);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith("evil"));
        }
    }

    @Test
    void itsJarsAreTakenOutSideBySideAndNothingElse() throws IOException {
        List<Path> jars = unpacked(zip(new Entry("README", "read me"), new Entry("some/a.jar", "A"), new Entry("other/place/b.jar", "B")));
        assertThat(jars).extracting(jar -> jar.getFileName().toString()).containsExactly("a.jar", "b.jar");
        assertThat(jars.getFirst()).hasContent("A");
        assertThat(jars.getFirst().getParent()).isEqualTo(jars.getLast().getParent()).isDirectoryNotContaining("glob:**README");
    }

    @Test
    void placesOutsideAreRefused() throws IOException {
        assertRefused(zip(new Entry("good.jar", "A"), new Entry("../evil.jar", "B")), "'../evil.jar' in it would lie outside");
        assertRefused(zip(new Entry("good.jar", "A"), new Entry("a/../../evil.jar", "B")), "'a/../../evil.jar' in it would lie outside");
        assertRefused(zip(new Entry("/evil.jar", "B")), "'/evil.jar' in it would lie outside");
        assertRefused(zip(new Entry("c:/evil.jar", "B")), "'c:/evil.jar' in it would lie outside");
    }

    @Test
    void linksAreRefused() throws IOException {
        assertRefused(zip(new Entry("good.jar", "A"), new Entry("evil.jar", "/etc/passwd".getBytes(StandardCharsets.UTF_8), LINK)),
                "'evil.jar' in it is a link");
    }

    @Test
    void contentsThatSwellAreRefused() throws IOException {
        assertThatThrownBy(() -> unpacked(zip(new Entry("bomb.jar", new byte[20_000_000], REGULAR)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("archive many.zip is refused: unpacked it is larger than 1073741824 bytes, or than 100 times itself");
        var many = new Entry[1001];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Entry("f" + i + ".jar", "");
        }
        assertRefused(zip(many), "it holds 1001 files, and at most 1000 are taken");
    }

    @Test
    void twoOfOneNameOrNoneAtAllOrDamageAreRefused() throws IOException {
        assertRefused(zip(new Entry("a/x.jar", "A"), new Entry("b/x.jar", "B")), "it holds two files called x.jar");
        assertRefused(zip(new Entry("README", "read me")), "it holds no jar");
    }
}
