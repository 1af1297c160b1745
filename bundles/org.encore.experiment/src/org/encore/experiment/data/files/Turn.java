package org.encore.experiment.data.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.encore.api.Monitor;
import org.jspecify.annotations.Nullable;

/** The right to download one file, among all processes and threads. A killed process loses it. */
record Turn(FileChannel channel) implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    /** Waits until nobody else has it. @param tell called once if it has to wait */
    static Turn take(Path file, String what, Monitor monitor, Consumer<String> tell) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean told = false;
            while (tryLock(channel) == null) {
                if (!told) {
                    told = true;
                    tell.accept("another process is downloading " + what + "; waiting for it");
                }
                if (monitor.cancelled()) {
                    throw new CancellationException("stopped while waiting for another process to download " + what);
                }
                pause(LOOK_MILLIS);
            }
            return new Turn(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
