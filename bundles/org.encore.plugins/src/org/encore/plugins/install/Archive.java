package org.encore.plugins.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip file of several plug-ins. Its jars are taken out, side by side; what else is in it is left. It comes from somewhere else, so nothing that it
 * says of itself is believed: places outside, links and contents that swell are refused.
 */
final class Archive {

    /** The most that is taken: files of all kinds, bytes in all, and bytes for each byte of the archive. */
    record Limits(int files, long bytes, int swelling) {
        static final Limits USUAL = new Limits(1000, 1L << 30, 100);
    }

    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final Limits limits;

    Archive(Path file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /**
     * Takes the jars out.
     *
     * @param folder where to; exists
     * @throws IllegalArgumentException if the archive is damaged, holds no jar, or is refused; the message names it and the entry
     */
    List<Path> jars(Path folder) throws IOException {
        var jars = new ArrayList<Path>();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (entries.size() > limits.files) {
                throw refused("it holds " + entries.size() + " files, and at most " + limits.files + " are taken");
            }
            for (ZipArchiveEntry entry : entries) {
                check(entry);
            }
            long room = Math.min(limits.bytes, Files.size(file) * limits.swelling);
            for (ZipArchiveEntry entry : entries) {
                if (!entry.isDirectory() && entry.getName().endsWith(".jar")) {
                    Path jar = folder.resolve(Path.of(entry.getName()).getFileName().toString());
                    if (Files.exists(jar)) {
                        throw refused("it holds two files called " + jar.getFileName());
                    }
                    room -= copy(zip.getInputStream(entry), jar, room);
                    jars.add(jar);
                }
            }
        } catch (ZipException e) {
            throw refused(e.getMessage());
        }
        if (jars.isEmpty()) {
            throw refused("it holds no jar");
        }
        return jars;
    }

    private void check(ZipArchiveEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*") || List.of(name.split("/")).contains("..")) {
            throw refused("'" + name + "' in it would lie outside");
        }
        if (entry.isUnixSymlink()) {
            throw refused("'" + name + "' in it is a link");
        }
    }

    /** Counts what really comes, whatever the entry says of its size. */
    private long copy(InputStream from, Path to, long room) throws IOException {
        long bytes = 0;
        try (from; OutputStream out = Files.newOutputStream(to)) {
            var chunk = new byte[CHUNK];
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                bytes += read;
                if (bytes > room) {
                    throw refused("unpacked it is larger than " + limits.bytes + " bytes, or than " + limits.swelling + " times itself");
                }
                out.write(chunk, 0, read);
            }
        }
        return bytes;
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("archive " + file.getFileName() + " is refused: " + reason);
    }
}
