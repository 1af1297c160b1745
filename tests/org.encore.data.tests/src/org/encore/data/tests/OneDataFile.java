package org.encore.data.tests;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.encore.api.Monitor;
import org.encore.api.task.DataFile;
import org.encore.experiment.data.files.Patience;
import org.encore.experiment.data.files.PublicData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file of 300,000 bytes as a task names it, places where it may lie, and a real server that may have it. */
abstract class OneDataFile {

    static final byte[] CONTENT = content();
    static final String SHA256 = sha256(CONTENT);
    static final byte[] OTHER = "something else".getBytes(StandardCharsets.UTF_8);
    static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path folder;
    TestServer server;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> progress = new CopyOnWriteArrayList<>();
    final AtomicBoolean cancelled = new AtomicBoolean();
    Path part;
    Path cached;

    final Monitor monitor = new Monitor() {
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

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static DataFile file(URI... addresses) {
        return new DataFile("set", "sub/file.txt", SHA256, List.of(addresses));
    }

    PublicData data(boolean offline, Path... folders) {
        return data(offline, new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), SOON), folders);
    }

    PublicData data(boolean offline, Patience patience, Path... folders) {
        return new PublicData(List.of(folders), folder.resolve("cache"), offline, patience, monitor, told::add);
    }

    Path put(String place, byte[] content) throws IOException {
        Path path = folder.resolve(place).resolve("set/sub/file.txt");
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        return path;
    }
}
