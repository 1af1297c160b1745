package org.encore.data.sets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Splits of data that come without one: by a hash of the text, so that a text's part never depends on order or on other texts. */
public final class Buckets {

    private Buckets() {}

    /** First 8 hexadecimal digits of the SHA-1 of the text in UTF-8, modulo 100: 0 to 99. */
    public static int of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % 100);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
