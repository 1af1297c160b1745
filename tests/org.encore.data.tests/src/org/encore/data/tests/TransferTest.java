package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.encore.api.Monitor;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes from elsewhere without being known beforehand, such as a plug-in, may not be of any size. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransferTest {

    private static final int MOST = 100_000;

    @TempDir
    Path folder;

    private Path fetched(URI address) throws IOException {
        Path file = folder.resolve("file");
        new Transfer(address, file, MOST, Patience.USUAL, Monitor.NONE).run();
        return file;
    }

    @Test
    void aFileThatIsSaidToBeTooLargeIsNotBegun() throws IOException {
        try (var server = new TestServer()) {
            URI address = server.serve("/large", exchange -> TestServer.send(exchange, new byte[MOST + 1]));
            assertThatThrownBy(() -> fetched(address)).isInstanceOf(Transfer.Failed.class).hasMessage("it has more than 100,000 bytes, and no more are taken");
            assertThat(folder.resolve("file")).doesNotExist();
        }
    }

    @Test
    void aFileWhoseSizeIsNotSaidIsCutOffThere() throws IOException {
        try (var server = new TestServer()) {
            URI address = server.serve("/endless", exchange -> {
                exchange.sendResponseHeaders(200, 0); // in chunks, until somebody has enough
                try {
                    for (int i = 0; i < 10_000; i++) {
                        exchange.getResponseBody().write(new byte[10_000]);
                    }
                } catch (IOException e) {
                    // nobody listens any more
                }
            });
            assertThatThrownBy(() -> fetched(address)).isInstanceOf(Transfer.Failed.class).hasMessage("it has more than 100,000 bytes, and no more are taken");
            assertThat(Files.size(folder.resolve("file"))).isLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void aFileOfJustTheSizeIsTaken() throws IOException {
        try (var server = new TestServer()) {
            assertThat(fetched(server.serve("/fits", exchange -> TestServer.send(exchange, new byte[MOST])))).hasSize(MOST);
        }
    }
}
