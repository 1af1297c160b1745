package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.task.DataFile;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.PublicData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files are found, or downloaded from a real server; whatever goes wrong, nothing but the right content is ever used. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PublicDataTest {

    private static final byte[] CONTENT = content();
    private static final String SHA256 = sha256(CONTENT);
    private static final byte[] OTHER = "something else".getBytes(StandardCharsets.UTF_8);
    private static final java.time.Duration SOON = java.time.Duration.ofMillis(20);

    @TempDir
    Path folder;
    private TestServer server;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Path part;
    private Path cached;

    private final Monitor monitor = new Monitor() {
        @Override
        public void progress(long done, long total, String unit) {
            progress.add(done + " of " + total + " " + unit);
        }

        @Override
        public boolean cancelled() {
            return cancelled.get();
        }
    };

    @BeforeEach
    void startServer() throws IOException {
        server = new TestServer();
        cached = folder.resolve("cache/set/sub/file.txt");
        part = folder.resolve("cache/set/sub/file.txt.part");
        Files.createDirectories(part.getParent());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static byte[] content() {
        var bytes = new byte[300_000];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataFile file(URI... addresses) {
        return new DataFile("set", "sub/file.txt", SHA256, List.of(addresses));
    }

    private PublicData data(boolean offline, Path... folders) {
        return data(offline, new Patience(java.time.Duration.ofSeconds(10), java.time.Duration.ofSeconds(10), SOON), folders);
    }

    private PublicData data(boolean offline, Patience patience, Path... folders) {
        return new PublicData(List.of(folders), folder.resolve("cache"), offline, patience, monitor, told::add);
    }

    private Path put(String place, byte[] content) throws IOException {
        Path path = folder.resolve(place).resolve("set/sub/file.txt");
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        return path;
    }

    private String reasonFor(URI address, String why) {
        return "set/sub/file.txt cannot be downloaded: " + address + ": " + why
                + ". Check the network and the proxy (https_proxy), or put the file in a folder that ENCORE_DATA or --data names.";
    }

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

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
