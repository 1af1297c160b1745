package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import org.encore.api.Unavailable;
import org.encore.api.task.DataFile;
import org.encore.experiment.data.files.PublicData;
import org.junit.jupiter.api.Test;

/** Files are found where they lie already; nothing but the right content is ever used. */
class PublicDataTest extends OneDataFile {

    @Test
    void theFirstFolderThatHasTheRightContentCounts() throws IOException {
        Path changed = put("a", OTHER);
        Path right = put("b", CONTENT);
        put("c", CONTENT);
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false, folder.resolve("a"), folder.resolve("b"), folder.resolve("c")).find(file(address))).isEqualTo(right);
        assertThat(server.requests).isEmpty();
        assertThat(told).containsExactly(changed + " is not the file that is meant: it has SHA-256 " + sha256(OTHER) + ", not " + SHA256
                + "; it is not used");
    }

    @Test
    void whatIsNowhereIsToldWithEveryPlaceAndTheRemedy() throws IOException {
        Path changed = put("a", OTHER);
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThatThrownBy(() -> data(true, folder.resolve("a")).find(file(address))).isInstanceOf(Unavailable.class)
                .hasMessage("set/sub/file.txt is not here; looked in " + folder.resolve("a") + ", the cache " + folder.resolve("cache") + "; "
                        + changed
                        + " is not the file that is meant: it has SHA-256 " + sha256(OTHER) + ", not " + SHA256
                        + ". Get it by 'encore data get set', or name a folder that has it by ENCORE_DATA or --data.");
        assertThat(server.requests).as("nothing is downloaded while planning").isEmpty();
        assertThatThrownBy(() -> data(false).find(file())).hasMessage("set/sub/file.txt is not here; looked in the cache " + folder.resolve("cache")
                + ". It is published nowhere (docs/data.md says how it was made): put it in a folder that ENCORE_DATA or --data names.");
    }

    @Test
    void aPathOutOfTheSetsFolderIsRefused() {
        for (String path : List.of("../file.txt", "/etc/passwd", "a/../b", "a//b", "a\\b", ".hidden", "")) {
            assertThatThrownBy(() -> new DataFile("set", path, SHA256, List.of())).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DataFile("..", "a", SHA256, List.of())).hasMessage("'..' in ../a may not name a file; "
                + "give letters, digits and . _ + -, first a letter, a digit or _");
    }

    @Test
    void digestsAreRememberedUntilTheFileChanges() throws IOException {
        Path path = put("a", CONTENT);
        FileTime before = Files.getLastModifiedTime(path);
        assertThat(data(true, folder.resolve("a")).find(file())).isEqualTo(path);
        var changed = CONTENT.clone();
        changed[7]++;
        Files.write(path, changed);
        Files.setLastModifiedTime(path, before);
        assertThat(data(true, folder.resolve("a")).find(file())).as("size and time are what is looked at").isEqualTo(path);
        Files.setLastModifiedTime(path, FileTime.fromMillis(before.toMillis() + 5));
        assertThatThrownBy(() -> data(true, folder.resolve("a")).find(file()))
                .hasMessageContaining("it has SHA-256 " + sha256(changed) + ", not " + SHA256);
    }

    @Test
    void aPathListNamesFolders() {
        assertThat(PublicData.folders("/a:b::/c d")).containsExactly(Path.of("/a"), Path.of("b").toAbsolutePath(), Path.of("/c d"));
        assertThat(PublicData.folders("")).isEmpty();
    }
}
