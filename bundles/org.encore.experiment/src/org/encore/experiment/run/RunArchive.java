package org.encore.experiment.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

import org.encore.api.Monitor;
import org.encore.archives.UntrustedZip;

/**
 * A run as one zip file, to be taken elsewhere: with its results, which in the folder are links to the store. An archive that comes from elsewhere is
 * not believed: places outside, links, and contents that swell are refused, and nothing of it stays then.
 */
public final class RunArchive {

    /** How a folder begins that a run is unpacked into. */
    public static final String UNPACKING = ".import";

    private static final UntrustedZip.Limits LIMITS = new UntrustedZip.Limits(200_000, 1L << 36, 200, 1 << 16);
    private static final String PART = ".part";
    private static final int CHUNK = 1 << 16;

    private RunArchive() {}

    /**
     * Writes an archive: whole or not at all.
     *
     * @param stop true to give up, by {@link CancellationException}
     * @throws IllegalArgumentException if it is no run, or the file would lie in it
     * @throws IOException if the run cannot be read or the file not written
     */
    public static void write(RunFolder run, Path file, BooleanSupplier stop) throws IOException {
        write(run, file, new Told(stop));
    }

    /** As {@link #write(RunFolder, Path, BooleanSupplier)}. @param monitor is told how many bytes of the run are read */
    public static void write(RunFolder run, Path file, Monitor monitor) throws IOException {
        if (!Files.exists(run.path().resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(run.path() + " is no run: it has no " + EventLog.FILE);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder) && folder.toRealPath().startsWith(run.path().toRealPath())) {
            throw new IllegalArgumentException("archive " + file + " would lie in the run that it is to hold, " + run.path() + "; name a file elsewhere");
        }
        Map<Path, Long> files = files(run);
        var bytes = new Count(files.values().stream().mapToLong(Long::longValue).sum(), monitor);
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
                for (Path each : files.keySet()) {
                    zip.putNextEntry(new ZipEntry(run.name() + "/" + run.path().relativize(each).toString().replace('\\', '/')));
                    copy(each, zip, bytes);
                    zip.closeEntry();
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** With their sizes, those of results among them. */
    private static Map<Path, Long> files(RunFolder run) throws IOException {
        var files = new LinkedHashMap<Path, Long>();
        Files.walkFileTree(run.path(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    // links are followed, so this one leads nowhere; without its result the archive would be taken for the whole run
                    throw new IOException(each + " leads to " + Files.readSymbolicLink(each) + ", which is not there: the run cannot be packed without it");
                }
                if (attributes.isRegularFile() && !each.getFileName().toString().equals(RunFolder.LOCK)) {
                    files.put(each, attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static void copy(Path file, OutputStream to, Count bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (bytes.monitor.cancelled()) {
                    throw new CancellationException("stopped; no archive was written");
                }
                to.write(chunk, 0, read);
                bytes.add(read);
            }
        }
    }

    /**
     * Unpacks an archive as a run of its name: whole or not at all.
     *
     * @param runs folder of runs
     * @param stop true to give up, by {@link CancellationException}
     * @return the run
     * @throws IllegalArgumentException if it is no archive of a run, is refused, or a run of its name is there
     */
    public static RunFolder read(Path file, Path runs, BooleanSupplier stop) throws IOException {
        return read(file, runs, new Told(stop));
    }

    /** As {@link #read(Path, Path, BooleanSupplier)}. @param monitor is told how many bytes are unpacked */
    public static RunFolder read(Path file, Path runs, Monitor monitor) throws IOException {
        Files.createDirectories(runs);
        Path part = Files.createTempDirectory(runs, UNPACKING);
        try (UntrustedZip zip = UntrustedZip.open(file, LIMITS)) {
            String name = name(zip);
            if (Files.exists(runs.resolve(name))) {
                throw new IllegalArgumentException("there is a run " + name + " in " + runs + " already; rename that folder, or unpack elsewhere");
            }
            zip.extract(each -> {
                Path target = part.resolve(each);
                Files.createDirectories(target.getParent());
                return Optional.of(target);
            }, monitor::cancelled, new Count(zip.claimed(), monitor)::add);
            return new RunFolder(Files.move(part.resolve(name), runs.resolve(name), StandardCopyOption.ATOMIC_MOVE));
        } catch (ZipException | FileAlreadyExistsException e) {
            throw UntrustedZip.refused(file, e instanceof FileAlreadyExistsException ? "it holds a file twice" : "it is damaged, or no zip file: "
                    + e.getMessage());
        } finally {
            WholeFolder.delete(part);
        }
    }

    /** Who only stops. */
    private record Told(BooleanSupplier stop) implements Monitor {

        @Override
        public void progress(long done, long total, String unit) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return stop.getAsBoolean();
        }
    }

    /** Bytes that are done. */
    private static final class Count {

        private final long total;
        private final Monitor monitor;
        private long done;

        Count(long total, Monitor monitor) {
            this.total = total;
            this.monitor = monitor;
        }

        void add(long bytes) {
            done += bytes;
            monitor.progress(done, total, "bytes");
        }
    }

    private static String name(UntrustedZip zip) {
        List<String> names = zip.names();
        List<String> tops = names.stream().map(each -> each.replaceAll("/.*", "")).distinct().toList();
        if (tops.size() != 1 || tops.getFirst().startsWith(".") || !names.contains(tops.getFirst() + "/" + EventLog.FILE)) {
            throw zip.refused("it is no archive of one run: expected one folder with " + EventLog.FILE);
        }
        return tops.getFirst();
    }
}
