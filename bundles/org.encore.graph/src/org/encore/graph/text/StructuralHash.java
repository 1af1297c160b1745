package org.encore.graph.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.encore.graph.Model;
import org.encore.graph.Program;

/** A name for what a graph computes: the SHA-256 of its text without paths and taps. Equal graphs have equal hashes on every machine. */
public final class StructuralHash {

    private StructuralHash() {}

    public static String of(Model model) {
        return hash(ModelText.print(model, false));
    }

    public static String of(Program program) {
        return hash(ProgramText.print(program, false));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
