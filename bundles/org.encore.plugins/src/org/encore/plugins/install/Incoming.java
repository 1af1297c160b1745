package org.encore.plugins.install;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.encore.api.Sha256;
import org.encore.plugins.PluginFolders;

/**
 * Turns what a user names (a jar, a zip of jars, a folder of jars, an address) into jars.
 *
 * @param scratch a folder of this process, for what is fetched and unpacked
 * @param network fetches what lies elsewhere
 */
public record Incoming(Path scratch, Network network) {

    /** Fetches by {@code https:}. */
    @FunctionalInterface
    public interface Network {
        /**
         * Writes what lies at an address to a file.
         *
         * @throws IOException if it does not come; the message says why
         */
        void fetch(URI address, Path file) throws IOException;
    }

    /** What a build leaves beside the jar itself. */
    private static final Pattern BESIDE = Pattern.compile(".*-(sources|javadoc|tests|test-sources)\\.jar");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /**
     * The jars.
     *
     * @param what as the user wrote it
     * @param sha256 what the file must have, in hexadecimal; empty to take any
     * @throws IllegalArgumentException if it is nothing that plug-ins come in; the message says what would be
     * @throws IOException if it cannot be read or fetched
     */
    public List<Path> jars(String what, String sha256) throws IOException {
        Path file = ADDRESS.matcher(what).matches() ? fetch(address(what)) : Path.of(what);
        if (!sha256.isEmpty()) {
            check(file, what, sha256.toLowerCase(Locale.ROOT));
        }
        if (Files.isDirectory(file)) {
            List<Path> jars = PluginFolders.jarsIn(file).stream().filter(jar -> !BESIDE.matcher(jar.getFileName().toString()).matches()).toList();
            if (jars.isEmpty()) {
                String built = Files.isDirectory(file.resolve("target")) ? " Did you mean " + file.resolve("target") + "?" : "";
                throw new IllegalArgumentException("folder " + file + " holds no jar." + built);
            }
            return jars;
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + what
                    + ". Give a jar, a zip of jars, a folder of jars, or an address (https: or file:).");
        }
        return isArchive(file) ? new Archive(file).jars(Files.createTempDirectory(scratch, "unpacked")) : List.of(file);
    }

    private static URI address(String what) {
        try {
            return URI.create(what);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + what + "' is no address: " + e.getMessage(), e);
        }
    }

    private Path fetch(URI address) throws IOException {
        String name = String.valueOf(address.getPath()).replaceAll(".*/", "");
        if (name.isBlank()) {
            throw new IllegalArgumentException(address + " names no file. Give the address of a jar or a zip.");
        }
        Path file = Files.createTempDirectory(scratch, "fetched").resolve(name);
        switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
            case "file" -> Files.copy(Path.of(address), file);
            case "https" -> network.fetch(address, file);
            default -> throw new IllegalArgumentException(address + ": plug-ins come by https: or file:, so that nobody on the way can change them");
        }
        return file;
    }

    private static void check(Path file, String what, String wanted) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("--sha256 is about one file, and " + what + " is a folder");
        }
        String found = Sha256.of(file);
        if (!found.equals(wanted)) {
            throw new IllegalArgumentException(what + " has SHA-256 " + found + ", not " + wanted
                    + ". It is another file than was meant: nothing was installed.");
        }
    }

    /** Whether it is a zip around jars, and not a jar: those have a manifest. */
    private static boolean isArchive(Path file) {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.getEntry("META-INF/MANIFEST.MF") == null && zip.stream().map(ZipEntry::getName).anyMatch(name -> name.endsWith(".jar"))
                    || !file.toString().endsWith(".jar");
        } catch (IOException e) {
            return false; // what is wrong with it is told by whoever reads it as a jar
        }
    }
}
