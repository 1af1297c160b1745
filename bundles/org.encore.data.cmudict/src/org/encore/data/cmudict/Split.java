package org.encore.data.cmudict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which part of the data a word belongs to: by a hash of the word, so that it never depends on order or on other words. */
enum Split {
    TEST, DEVELOPMENT, TRAIN;

    /** Looking a digest up costs more than digesting a word: one for each thread. */
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(Split::sha1);

    /** First 8 hexadecimal digits of sha1(word) mod 100: below 10 test, below 15 development, else training. */
    static Split of(String word) {
        byte[] digest = SHA1.get().digest(word.getBytes(StandardCharsets.UTF_8));
        long bucket = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % 100;
        return bucket < 10 ? TEST : bucket < 15 ? DEVELOPMENT : TRAIN;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
