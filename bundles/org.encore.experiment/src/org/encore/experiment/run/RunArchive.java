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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A run as one zip file, to be taken elsewhere: with its results, which in the folder are links to the store. An archive that comes from elsewhere is
 * not believed: places outside, links, and contents that swell are refused, and nothing of it stays then.
 */
public final class RunArchive {

    /** The most that is taken. @param files of all kinds; @param bytes in all; @param swelling bytes for each byte of the archive */
    record Limits(int files, long bytes, int swelling) {
        static final Limits USUAL = new Limits(200_000, 1L << 36, 200);
    }

    private static final int CHUNK = 1 << 16;
    private static final String PART = ".part";

    private RunArchive() {}

    /**
     * Writes an archive: whole or not at all.
     *
     * @param stop true to give up, by {@link java.util.concurrent.CancellationException}
     * @throws IllegalArgumentException if it is no run, or the file would lie in it
     * @throws IOException if the run cannot be read or the file not written
     */
    public static void write(RunFolder run, Path file, BooleanSupplier stop) throws IOException {
        if (!Files.exists(run.path().resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(run.path() + " is no run: it has no " + EventLog.FILE);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder) && folder.toRealPath().startsWith(run.path().toRealPath())) {
            throw new IllegalArgumentException("archive " + file + " would lie in the run that it is to hold, " + run.path() + "; name a file elsewhere");
        }
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
                Files.walkFileTree(run.path(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                        if (stop.getAsBoolean()) {
                            throw new java.util.concurrent.CancellationException("stopped; no archive was written");
                        }
                        if (attributes.isSymbolicLink()) {
                            // links are followed, so this one leads nowhere; without its result the archive would be taken for the whole run
                            throw new IOException(each + " leads to " + Files.readSymbolicLink(each) + ", which is not there: the run cannot be packed without it");
                        }
                        if (attributes.isRegularFile() && !each.getFileName().toString().equals(RunFolder.LOCK)) {
                            zip.putNextEntry(new ZipEntry(run.name() + "/" + run.path().relativize(each).toString().replace('\\', '/')));
                            Files.copy(each, zip);
                            zip.closeEntry();
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Unpacks an archive as a run of its name: whole or not at all.
     *
     * @param runs folder of runs
     * @return the run
     * @throws IllegalArgumentException if it is no archive of a run, is refused, or a run of its name is there
     */
    public static RunFolder read(Path file, Path runs) throws IOException {
        return read(file, runs, Limits.USUAL);
    }

    static RunFolder read(Path file, Path runs, Limits limits) throws IOException {
        Files.createDirectories(runs);
        Path part = Files.createTempDirectory(runs, ".import");
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            String name = name(zip, file, limits);
            if (Files.exists(runs.resolve(name))) {
                throw new IllegalArgumentException("there is a run " + name + " in " + runs + " already; rename that folder, or unpack elsewhere");
            }
            long room = Math.min(limits.bytes, Math.max(CHUNK, Files.size(file)) * limits.swelling);
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (!entry.isDirectory()) {
                    Path target = part.resolve(entry.getName());
                    Files.createDirectories(target.getParent());
                    room -= copy(zip.getInputStream(entry), target, room, file, limits);
                }
            }
            return new RunFolder(Files.move(part.resolve(name), runs.resolve(name), StandardCopyOption.ATOMIC_MOVE));
        } catch (java.util.zip.ZipException | FileAlreadyExistsException e) {
            throw refused(file, e instanceof FileAlreadyExistsException ? "it holds a file twice" : "it is damaged, or no zip file: "
                    + e.getMessage());
        } finally {
            delete(part);
        }
    }

    /** Looks at every entry before anything is written. */
    private static String name(ZipFile zip, Path file, Limits limits) {
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        if (entries.size() > limits.files) {
            throw refused(file, "it holds " + entries.size() + " files, and at most " + limits.files + " are taken");
        }
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*") || name.indexOf('\0') >= 0
                    || List.of(name.split("/")).contains("..")) {
                throw refused(file, "'" + name + "' in it would lie outside");
            }
            if (entry.isUnixSymlink()) {
                throw refused(file, "'" + name + "' in it is a link");
            }
        }
        List<String> tops = entries.stream().map(entry -> entry.getName().replaceAll("/.*", "")).distinct().toList();
        if (tops.size() != 1 || tops.getFirst().startsWith(".") || entries.stream().noneMatch(entry -> entry.getName().equals(tops.getFirst() + "/"
                + EventLog.FILE))) {
            throw refused(file, "it is no archive of one run: expected one folder with " + EventLog.FILE);
        }
        return tops.getFirst();
    }

    /** Counts what really comes, whatever the entry says of its size. */
    private static long copy(InputStream from, Path to, long room, Path file, Limits limits) throws IOException {
        long bytes = 0;
        try (from; OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            var chunk = new byte[CHUNK];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                bytes += read;
                if (bytes > room) {
                    throw refused(file, "unpacked it is larger than " + limits.bytes + " bytes, or than " + limits.swelling + " times itself");
                }
                out.write(chunk, 0, read);
            }
        }
        return bytes;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static IllegalArgumentException refused(Path file, String reason) {
        return new IllegalArgumentException("archive " + file.getFileName() + " is refused: " + reason);
    }
}
