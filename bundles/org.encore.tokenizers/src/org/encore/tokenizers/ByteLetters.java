package org.encore.tokenizers;

/**
 * A letter for each byte, so that pieces of UTF-8 can be written as text: printable ones of Latin-1 stand for themselves, the others for letters from
 * U+0100 on, in order (Radford et al. 2019, GPT-2; what Hugging Face calls ByteLevel).
 */
final class ByteLetters {

    private static final char[] LETTERS = letters();

    private ByteLetters() {}

    private static char[] letters() {
        var letters = new char[256];
        char next = 0x100;
        for (int b = 0; b < letters.length; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xFF && b != 0xAD;
            letters[b] = printable ? (char) b : next++;
        }
        return letters;
    }

    /** The letter of a byte. */
    static char of(byte b) {
        return LETTERS[b & 0xFF];
    }

    /** All 256, by code point. */
    static char[] inOrder() {
        char[] sorted = LETTERS.clone();
        java.util.Arrays.sort(sorted);
        return sorted;
    }
}
