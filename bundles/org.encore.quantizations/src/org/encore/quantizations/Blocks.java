package org.encore.quantizations;

/** What the schemes in blocks have in common. */
final class Blocks {

    private Blocks() {}

    /** Kernels want blocks of a power of two from 16 on. */
    static void check(int block) {
        if (block < 16 || block > 256 || Integer.bitCount(block) != 1) {
            throw new IllegalArgumentException("block " + block + ": give 16, 32, 64, 128 or 256");
        }
    }
}
