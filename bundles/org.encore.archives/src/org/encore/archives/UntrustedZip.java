package org.encore.archives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip file from somewhere else. Nothing that it says of itself is believed: places outside, links and contents that swell are refused. */
public final class UntrustedZip implements AutoCloseable {

    /**
     * The most that is taken.
     *
     * @param files of all kinds
     * @param bytes in all
     * @param swelling bytes for each byte of the archive
     * @param least bytes that an archive counts as in that, however small it is
     */
    public record Limits(int files, long bytes, int swelling, long least) {}

    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final Limits limits;
    private final List<ZipArchiveEntry> entries;
    private long room;

    private UntrustedZip(Path file, ZipFile zip, Limits limits) throws IOException {
        this.file = file;
        this.zip = zip;
        this.limits = limits;
        this.entries = Collections.list(zip.getEntries());
        this.room = Math.min(limits.bytes, Math.max(limits.least, Files.size(file)) * limits.swelling);
    }

    /**
     * Opens one and looks at every entry, before anything is written.
     *
     * @throws ZipException if it is damaged, or no zip file
     * @throws IllegalArgumentException if it is refused; the message names it and the entry
     */
    public static UntrustedZip open(Path file, Limits limits) throws IOException {
        ZipFile zip = ZipFile.builder().setPath(file).get();
        try {
            var opened = new UntrustedZip(file, zip, limits);
            opened.check();
            return opened;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void check() {
        if (entries.size() > limits.files) {
            throw refused("it holds " + entries.size() + " files, and at most " + limits.files + " are taken");
        }
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*") || name.indexOf('\0') >= 0
                    || List.of(name.split("/")).contains("..")) {
                throw refused("'" + name + "' in it would lie outside");
            }
            if (entry.isUnixSymlink()) {
                throw refused("'" + name + "' in it is a link");
            }
        }
    }

    /** Names of all files and folders in it; those of folders end in a slash. */
    public List<String> names() {
        return entries.stream().map(ZipArchiveEntry::getName).toList();
    }

    /** Bytes that it says to hold: to show how far one is, and for nothing else. */
    public long claimed() {
        return entries.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
    }

    /** Where a file in it is put. */
    public interface Place {

        /** @param name of the file in it @return where to, where nothing is yet; empty if it is left out */
        Optional<Path> of(String name) throws IOException;
    }

    /**
     * Takes files out, in their order. What really comes is counted, whatever an entry says of its size.
     *
     * @param stop true to give up, by {@link CancellationException}
     * @throws java.nio.file.FileAlreadyExistsException if something is at a place
     */
    public void extract(Place place, BooleanSupplier stop) throws IOException {
        extract(place, stop, bytes -> { });
    }

    /**
     * As {@link #extract(Place, BooleanSupplier)}.
     *
     * @param written is told how many bytes more there are, again and again
     */
    public void extract(Place place, BooleanSupplier stop, LongConsumer written) throws IOException {
        for (ZipArchiveEntry entry : entries) {
            if (!entry.isDirectory()) {
                Optional<Path> to = place.of(entry.getName());
                if (to.isPresent()) {
                    copy(zip.getInputStream(entry), to.get(), stop, written);
                }
            }
        }
    }

    private void copy(InputStream from, Path to, BooleanSupplier stop, LongConsumer written) throws IOException {
        try (from; OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var chunk = new byte[CHUNK];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("stopped; nothing of " + file.getFileName() + " was kept");
                }
                room -= read;
                if (room < 0) {
                    throw refused("unpacked it is larger than " + limits.bytes + " bytes, or than " + limits.swelling + " times itself");
                }
                out.write(chunk, 0, read);
                written.accept(read);
            }
        }
    }

    /** What to throw if it is not what it should be. */
    public IllegalArgumentException refused(String reason) {
        return refused(file, reason);
    }

    /** What to throw if a file is none that can be opened. */
    public static IllegalArgumentException refused(Path file, String reason) {
        return new IllegalArgumentException("archive " + file.getFileName() + " is refused: " + reason);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
