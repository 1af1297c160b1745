package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.PublicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are downloaded from a real server; whatever goes wrong, nothing but the right content is ever used. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DownloadTest extends OneDataFile {

    private static String reasonFor(URI address, String why) {
        return "set/sub/file.txt cannot be downloaded: " + address + ": " + why
                + ". Check the network and the proxy (https_proxy), or put the file in a folder that ENCORE_DATA or --data names.";
    }

    @Test
    void aDownloadIsKeptAndToldOfWhileItComes() throws IOException {
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false).look(file(address))).isEmpty();
        assertThat(data(false).find(file(address))).isEqualTo(cached).hasBinaryContent(CONTENT);
        assertThat(progress).contains("300000 of 300000 bytes");
        assertThat(part).doesNotExist();
        assertThat(data(true).find(file(address))).isEqualTo(cached);
        assertThat(data(true).look(file(address))).contains(new PublicData.Found(cached, CONTENT.length, true));
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void whatCameBeforeIsNotFetchedAgain() throws IOException {
        Files.write(part, Arrays.copyOf(CONTENT, 100_000));
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(server.requests).containsExactly("/file bytes=100000-");
    }

    @Test
    void whatWasCompleteIsOnlyChecked() throws IOException {
        Files.write(part, CONTENT);
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(server.requests).containsExactly("/file bytes=300000-");
    }

    @Test
    void aServerThatKnowsNoRangesBeginsAnew() throws IOException {
        Files.write(part, Arrays.copyOf(CONTENT, 100_000));
        URI address = server.serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
    }

    @Test
    void aPartOfSomethingElseIsThrownAway() throws IOException {
        Files.write(part, OTHER);
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(server.requests).containsExactly("/file bytes=14-", "/file");
        Files.delete(cached);
        Files.write(part, new byte[CONTENT.length + 1]);
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
    }

    @Test
    void aConnectionThatBreaksIsTakenUpOnce() throws IOException {
        URI address = server.serve("/file", exchange -> {
            if (server.requests.size() == 1) {
                TestServer.drop(exchange, CONTENT, 120_000);
            } else {
                TestServer.send(exchange, CONTENT);
            }
        });
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(server.requests).hasSize(2).last().asString().startsWith("/file bytes=");
        assertThat(told).singleElement().asString().startsWith(address + ": the connection broke: ").endsWith("; trying again");
    }

    @Test
    void aConnectionThatBreaksAlwaysIsGivenUpAndWhatCameIsKept() {
        URI address = server.serve("/file", exchange -> TestServer.drop(exchange, CONTENT, 120_000));
        assertThatThrownBy(() -> data(false).find(file(address))).isInstanceOf(Unavailable.class)
                .hasMessageContaining(address + ": the connection broke: ");
        assertThat(server.requests).hasSize(2);
        assertThat(part).exists();
        assertThat(cached).doesNotExist();
    }

    @Test
    void anotherContentIsRemovedAndToldWithBothDigests() {
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, OTHER));
        assertThatThrownBy(() -> data(false).find(file(address))).isInstanceOf(Unavailable.class)
                .hasMessage(reasonFor(address, "what came has SHA-256 " + sha256(OTHER) + ", not " + SHA256 + ", and was removed"));
        assertThat(part).doesNotExist();
        assertThat(cached).doesNotExist();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aMissingPageIsNotAskedForTwiceAndTheNextAddressIsTried() throws IOException {
        URI missing = server.serve("/missing", exchange -> exchange.sendResponseHeaders(404, -1));
        assertThatThrownBy(() -> data(false).find(file(missing))).hasMessage(reasonFor(missing, "HTTP 404"));
        assertThat(server.requests).hasSize(1);
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        assertThat(data(false).find(file(missing, address))).hasBinaryContent(CONTENT);
    }

    @Test
    void aServerInTroubleIsAskedOnceMore() throws IOException {
        URI address = server.serve("/file", exchange -> {
            if (server.requests.size() == 1) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                TestServer.send(exchange, CONTENT);
            }
        });
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(told).containsExactly(address + ": HTTP 503; trying again");
    }

    @Test
    void redirectionsAreFollowed() throws IOException {
        URI target = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        URI address = server.serve("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", target.toString());
            exchange.sendResponseHeaders(302, -1);
        });
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
        assertThat(server.requests).containsExactly("/moved", "/file");
    }

    @Test
    void aSlowDownloadCanBeStoppedAndGoesOnLater() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        URI address = server.serve("/file", exchange -> {
            if (server.requests.size() > 1) {
                TestServer.send(exchange, CONTENT);
                return;
            }
            TestServer.drop(exchange, CONTENT, 70_000);
            begun.countDown();
            await(end);
        });
        var finding = CompletableFuture.supplyAsync(() -> data(false).find(file(address)), Thread::startVirtualThread);
        await(begun);
        cancelled.set(true);
        assertThatThrownBy(finding::join).satisfiesAnyOf(e -> assertThat(e).isInstanceOf(CancellationException.class),
                e -> assertThat(e).hasCauseInstanceOf(CancellationException.class));
        cancelled.set(false);
        end.countDown();
        assertThat(data(false).find(file(address))).hasBinaryContent(CONTENT);
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        var end = new CountDownLatch(1);
        URI address = server.serve("/file", exchange -> {
            TestServer.drop(exchange, CONTENT, 1000);
            await(end);
        });
        var impatient = new Patience(java.time.Duration.ofSeconds(10), java.time.Duration.ofMillis(300), SOON);
        assertThatThrownBy(() -> data(false, impatient).find(file(address))).hasMessage(reasonFor(address, "nothing came for 300 ms"));
        end.countDown();
    }

    @Test
    void whoComesSecondWaitsForTheFirst() throws Exception {
        var begun = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        URI address = server.serve("/file", exchange -> {
            begun.countDown();
            await(proceed);
            TestServer.send(exchange, CONTENT);
        });
        var first = CompletableFuture.supplyAsync(() -> data(false).find(file(address)), Thread::startVirtualThread);
        await(begun);
        var second = CompletableFuture.supplyAsync(() -> data(false).find(file(address)), Thread::startVirtualThread);
        while (told.isEmpty()) {
            Thread.sleep(5);
        }
        assertThat(told).containsExactly("another process is downloading set/sub/file.txt; waiting for it");
        proceed.countDown();
        assertThat(first.join()).isEqualTo(second.join()).hasBinaryContent(CONTENT);
        assertThat(server.requests).hasSize(1);
    }

    /** Another Java process has the lock; when it is killed, this one goes on. */
    @Test
    void anotherProcessIsWaitedForAndAKilledOneIsNot() throws Exception {
        Path holder = Files.writeString(folder.resolve("Holder.java"), """
                public class Holder {
                    public static void main(String[] arguments) throws Exception {
                        var channel = java.nio.channels.FileChannel.open(java.nio.file.Path.of(arguments[0]), java.nio.file.StandardOpenOption.CREATE,
                                java.nio.file.StandardOpenOption.WRITE);
                        System.out.println(channel.lock().isValid());
                        Thread.sleep(60_000);
                    }
                }
                """);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1",
                holder.toString(),
                part.resolveSibling(".file.txt.lock").toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("true");
            URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
            var finding = CompletableFuture.supplyAsync(() -> data(false).find(file(address)), Thread::startVirtualThread);
            while (told.isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(server.requests).isEmpty();
            assertThat(told).containsExactly("another process is downloading set/sub/file.txt; waiting for it");
            process.destroyForcibly();
            assertThat(finding.join()).hasBinaryContent(CONTENT);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void moreThanTheDiskHoldsIsNotBegun() {
        URI address = server.serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, 1L << 60);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });
        assertThatThrownBy(() -> data(false).find(file(address))).isInstanceOf(Unavailable.class)
                .hasMessageMatching("set/sub/file.txt cannot be written to .*/cache: 1,152,921,504,606,846,976 bytes are to come, "
                        + "but only [0-9,]+ are free in .*/sub. "
                        + "Make room or name another cache by XDG_CACHE_HOME; what came so far is kept.");
    }

    @Test
    void aCacheThatCannotBeWrittenIsTold() throws IOException {
        URI address = server.serve("/file", exchange -> TestServer.send(exchange, CONTENT));
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        var data = new PublicData(List.of(), blocked, false, Patience.USUAL, Monitor.NONE, told::add);
        assertThatThrownBy(() -> data.find(file(address))).isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("set/sub/file.txt cannot be written to " + blocked + ": ");
    }

    @Test
    void onlyWebAddressesAreDownloaded() {
        URI local = URI.create("file:///etc/hostname");
        assertThatThrownBy(() -> data(false).find(file(local))).hasMessage(reasonFor(local, "only addresses with http or https can be downloaded"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
