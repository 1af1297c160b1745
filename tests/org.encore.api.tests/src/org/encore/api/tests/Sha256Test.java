package org.encore.api.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.IntStream;

import org.encore.api.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of results that lie in stores are made of these, so they are those of FIPS 180-4. */
class Sha256Test {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void textsBytesAndFilesOfOneContentHaveOneDigest() throws IOException {
        assertThat(Sha256.of("")).isEqualTo(EMPTY);
        assertThat(Sha256.of("abc")).isEqualTo(ABC);
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
        assertThat(Sha256.of(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(ABC);
        assertThat(Sha256.of("ä")).as("UTF-8, whatever the platform's").isEqualTo(Sha256.of(new byte[] {(byte) 0xC3, (byte) 0xA4}));
    }

    @Test
    void partsThatAreDigestedOneByOneDisturbNoOther() {
        var digest = Sha256.digest();
        digest.update("ab".getBytes(StandardCharsets.UTF_8));
        assertThat(Sha256.of("")).isEqualTo(EMPTY);
        digest.update("c".getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(ABC);
        assertThat(IntStream.range(0, 1_000).parallel().mapToObj(i -> Sha256.of("abc"))).allMatch(ABC::equals);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Sha256.of(missing)).isInstanceOf(NoSuchFileException.class).hasMessageContaining(missing.toString());
    }
}
