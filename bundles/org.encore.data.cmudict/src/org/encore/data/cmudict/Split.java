package org.encore.data.cmudict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which part of the data a word belongs to: by a hash of the word, so that it never depends on order or on other words. */
enum Split {
    TEST, DEVELOPMENT, TRAIN;

    /** First 8 hexadecimal digits of sha1(word) mod 100: below 10 test, below 15 development, else training. */
    static Split of(String word) {
        long bucket = Integer.toUnsignedLong(ByteBuffer.wrap(sha1(word)).getInt()) % 100;
        return bucket < 10 ? TEST : bucket < 15 ? DEVELOPMENT : TRAIN;
    }

    private static byte[] sha1(String word) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(word.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
