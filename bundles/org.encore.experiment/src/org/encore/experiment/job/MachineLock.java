package org.encore.experiment.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Turns on this machine, of all processes and users: trainings share it, a measurement has it alone. Whoever waits to measure keeps newcomers out, so
 * that it is not overtaken for ever. A process that is killed loses its turn.
 */
public final class MachineLock implements AutoCloseable {

    /** No turn needed. */
    static final MachineLock NONE = new MachineLock(null, null);

    private static final long LOOK_MILLIS = 100;
    private static final String HOLDER = "holder-";
    /** What the system makes of a start may differ by this much, when its clock was set. */
    private static final int CLOCK_SECONDS = 5;

    private final @org.jspecify.annotations.Nullable FileChannel channel;
    private final @org.jspecify.annotations.Nullable Path holder;

    private MachineLock(@org.jspecify.annotations.Nullable FileChannel channel, @org.jspecify.annotations.Nullable Path holder) {
        this.channel = channel;
        this.holder = holder;
    }

    /** A turn beside others of its kind. @param what is done, for those who wait; @param tell called once with whom this waits for */
    static MachineLock shared(String what, Consumer<String> tell, BooleanSupplier stop) throws IOException {
        return take(what, true, tell, stop);
    }

    /** A turn alone. */
    public static MachineLock alone(String what, Consumer<String> tell, BooleanSupplier stop) throws IOException {
        return take(what, false, tell, stop);
    }

    private static MachineLock take(String what, boolean shared, Consumer<String> tell, BooleanSupplier stop) throws IOException {
        Path folder = folder();
        if (folder == null) {
            tell.accept("no folder for turns on this machine can be made in " + System.getProperty("java.io.tmpdir") + ": measurements and trainings may meet");
            return NONE;
        }
        var waiting = new Waiting(folder, what, tell, stop);
        FileChannel work = open(folder.resolve("work"));
        try (FileChannel gate = open(folder.resolve("gate"))) {
            waiting.until(gate, false);
            waiting.until(work, shared);
            Path holder = folder.resolve(HOLDER + ProcessHandle.current().pid());
            Files.writeString(holder, what + ", since " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "\n" + started(ProcessHandle.current()) + "\n");
            return new MachineLock(work, holder);
        } catch (IOException | CancellationException e) {
            work.close();
            throw e;
        }
    }

    /** Seconds since 1970. */
    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(java.time.Instant::getEpochSecond).orElse(0L);
    }

    /** Whether a process is the one that wrote down when it had started: one that was killed leaves its note, and its number may be another's today. */
    private static boolean wrote(ProcessHandle process, String started) {
        return started.matches("[0-9]{1,18}") && Math.abs(Long.parseLong(started) - started(process)) <= CLOCK_SECONDS;
    }

    private static FileChannel open(Path file) throws IOException {
        boolean created = !Files.exists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (created) {
            permit(file, "rw-rw-rw-");
        }
        return channel;
    }

    /** One folder for all users of the machine. */
    private static @org.jspecify.annotations.Nullable Path folder() {
        Path folder = Path.of(System.getProperty("encore.turns", Path.of(System.getProperty("java.io.tmpdir"), "encore-turns").toString()));
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                permit(folder, "rwxrwxrwx");
            }
            return Files.isWritable(folder) ? folder : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (UnsupportedOperationException e) {
            // a file system without such permissions
        }
    }

    /** Somebody who waits, and says once for whom. */
    private static final class Waiting {
        private final Path folder;
        private final String what;
        private final Consumer<String> tell;
        private final BooleanSupplier stop;
        private boolean told;

        Waiting(Path folder, String what, Consumer<String> tell, BooleanSupplier stop) {
            this.folder = folder;
            this.what = what;
            this.tell = tell;
            this.stop = stop;
        }

        void until(FileChannel channel, boolean shared) throws IOException {
            while (tryLock(channel, shared) == null) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("stopped while waiting for its turn");
                }
                if (!told) {
                    told = true;
                    tell.accept(what + " waits for its turn on this machine: " + holders());
                }
                try {
                    Thread.sleep(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted while waiting for its turn");
                }
            }
        }

        private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
            try {
                return channel.tryLock(0, Long.MAX_VALUE, shared);
            } catch (OverlappingFileLockException e) {
                return null; // another run of this very process
            }
        }

        private String holders() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                var texts = new java.util.ArrayList<String>();
                for (Path file : files.filter(f -> f.getFileName().toString().startsWith(HOLDER)).sorted().toList()) {
                    long pid = Long.parseLong(file.getFileName().toString().substring(HOLDER.length()));
                    List<String> lines = Files.readAllLines(file);
                    if (lines.size() == 2 && ProcessHandle.of(pid).filter(process -> wrote(process, lines.get(1))).isPresent()) {
                        texts.add("process " + pid + " has it (" + lines.getFirst() + ")");
                    }
                }
                return texts.isEmpty() ? "another process is about to begin" : String.join("; ", texts);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null && holder != null) {
            Files.deleteIfExists(holder);
            channel.close();
        }
    }
}
