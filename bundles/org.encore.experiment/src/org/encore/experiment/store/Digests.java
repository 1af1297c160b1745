package org.encore.experiment.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** Digests as hexadecimal text. */
public final class Digests {

    /** Looking it up costs as much as digesting a kilobyte: it is copied for each text. */
    private static final MessageDigest SHA256 = lookUp();

    private Digests() {}

    /** SHA-256 of a text in UTF-8. */
    public static String sha256(String text) {
        return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** SHA-256 of a file. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hex(digest.digest());
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

    static MessageDigest digest() {
        try {
            return (MessageDigest) SHA256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
