package org.encore.experiment.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

import org.encore.api.Sha256;


/** Digests as hexadecimal text. */
public final class Digests {

    private Digests() {}

    /** SHA-256 of a text in UTF-8. */
    public static String sha256(String text) {
        return Sha256.of(text);
    }

    /** SHA-256 of a file. */
    public static String sha256(Path file) throws IOException {
        return Sha256.of(file);
    }

    /** Digest of the bundle that a class comes from, and of the libraries that it is wired to. */
    public static String code(Class<?> type) {
        return CodeDigest.of(type);
    }

    /** Name of the bundle that a class comes from. */
    public static String bundle(Class<?> type) {
        return CodeDigest.bundle(type).getSymbolicName();
    }

    /** Digests of what each plug-in of this process holds, by name of its bundle. */
    public static SortedMap<String, String> plugins() {
        return CodeDigest.ofPlugins();
    }
}
