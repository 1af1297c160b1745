package org.encore.experiment.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

import org.encore.api.Monitor;
import org.encore.api.Sha256;
import org.encore.experiment.run.WholeFile;

/**
 * SHA-256 of files. What was computed once is remembered with size and time of the file, so that big files are not read at every start; a file that
 * changes with both kept is not noticed.
 */
final class KnownDigests {

    private static final int BUFFER = 1 << 16;

    private final Path index;
    private final Map<String, String> digests = new TreeMap<>();

    /** @param index file in which digests are remembered: a line each with digest and what it is of */
    KnownDigests(Path index) {
        this.index = index;
        load();
    }

    /**
     * Digest of a file, as 64 hexadecimal digits.
     *
     * @throws IOException if it cannot be read
     */
    synchronized String of(Path file, Monitor monitor) throws IOException {
        String what = what(file);
        String known = digests.get(what);
        if (known == null) {
            known = compute(file, monitor);
            remember(file, known);
        }
        return known;
    }

    /** What was just computed of a file. */
    synchronized void remember(Path file, String digest) throws IOException {
        load();
        String path = file.toAbsolutePath().toString();
        digests.keySet().removeIf(what -> what.endsWith(" " + path));
        digests.put(what(file), digest);
        save();
    }

    static String compute(Path file, Monitor monitor) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        var buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (monitor.cancelled()) {
                    throw new CancellationException("stopped while reading " + file);
                }
                sha256.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static String what(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.NANOSECONDS) + " " + file.toAbsolutePath();
    }

    private void load() {
        try {
            if (Files.exists(index)) {
                Files.readString(index).lines().map(line -> line.split(" ", 2)).filter(parts -> parts.length == 2 && parts[0].matches("[0-9a-f]{64}"))
                        .forEach(parts -> digests.putIfAbsent(parts[1], parts[0]));
            }
        } catch (IOException e) {
            // digests are computed again
        }
    }

    /** Two processes may write at once: then one's digests are computed again some day. */
    private void save() {
        try {
            Files.createDirectories(index.getParent());
            var lines = new StringBuilder();
            digests.forEach((what, digest) -> lines.append(digest).append(' ').append(what).append('\n'));
            WholeFile.write(index, lines.toString());
        } catch (IOException e) {
            // a cache that cannot be written remembers nothing
        }
    }
}
