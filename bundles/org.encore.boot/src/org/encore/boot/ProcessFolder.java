package org.encore.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A temporary folder for this process alone, gone when it ends. A process that was killed leaves its folder behind; a later one finds that nobody
 * holds its lock and removes it.
 */
final class ProcessFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final FileAttribute<Set<PosixFilePermission>> OURS = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    /** A folder this young may belong to a process that has not taken its lock yet. */
    private static final Duration NEW = Duration.ofMinutes(10);
    /** How long the end of the process waits for an application that should stop; a run asks for more itself. */
    private static final int PATIENCE_SECONDS = Integer.getInteger("encore.patience", 2);

    private final Path path;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Open, and so locked, until the process is gone, however it ends. */
    private final FileChannel lock;

    private ProcessFolder(Path path) throws IOException {
        this.path = path;
        this.lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
    }

    static ProcessFolder create() throws IOException {
        Path all = Path.of(System.getProperty("java.io.tmpdir"), "encore-" + System.getProperty("user.name"));
        Path path;
        if (ours(all)) {
            removeAbandoned(all);
            path = fresh(all);
        } else {
            path = Files.createTempDirectory("encore-");
        }
        var folder = new ProcessFolder(path);
        Runtime.getRuntime().addShutdownHook(new Thread(folder::afterSignal, "temporary folder"));
        return folder;
    }

    Path path() {
        return path;
    }

    /** Leaves the folder where it is, for somebody to look at. */
    void keep() {
        closed.countDown();
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException | UncheckedIOException e) {
            // a thread that nobody waits for still writes: a later process removes the rest
        } finally {
            closed.countDown();
        }
    }

    /** After a signal the application may still be ending in good order, and close the folder; if it does not, what it holds open is of no more use. */
    private void afterSignal() {
        try {
            if (closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Whether the folder of all processes is there and belongs to this user alone: the place is known to everybody on the machine. */
    private static boolean ours(Path all) {
        try {
            if (!Files.exists(all)) {
                Files.createDirectory(all, OURS);
            }
            return !Files.isSymbolicLink(all) && Files.isWritable(all) && Files.getOwner(all).getName().equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** In a folder of ours alone a name need not be hard to guess: random ones cost every command 30 ms. */
    private static Path fresh(Path all) throws IOException {
        while (true) {
            try {
                String name = "p" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
                return Files.createDirectory(all.resolve(name), OURS);
            } catch (FileAlreadyExistsException e) {
                // left by a process of this number; the time has gone on
            }
        }
    }

    private static void removeAbandoned(Path all) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(NEW)) && abandoned(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // another process is removing the same
        }
    }

    private static boolean abandoned(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
