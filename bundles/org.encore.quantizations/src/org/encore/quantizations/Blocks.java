package org.encore.quantizations;

import org.encore.api.option.Option;
import org.encore.api.quantization.Storage;
import org.encore.api.quantization.Storage.Activations;

/**
 * Options of weights in blocks.
 *
 * @param block elements that share a scale
 * @param zeroPoints whether each block has a zero point
 * @param activations precision of what the weights are multiplied with
 */
public record Blocks(
        @Option(value = "32", help = "elements that share a scale: 16, 32, 64, 128 or 256") int block,
        @Option(value = "false", help = "a zero point for each block: a little more exact, a little slower") boolean zeroPoints,
        @Option(value = "int8", help = "what weights are multiplied with: int8 (faster) or fp32 (exact)") Activations activations) {

    public Blocks {
        check(block);
    }

    /** Kernels want blocks of a power of two from 16 on. */
    static void check(int block) {
        if (block < 16 || block > 256 || Integer.bitCount(block) != 1) {
            throw new IllegalArgumentException("block " + block + ": give 16, 32, 64, 128 or 256");
        }
    }

    Storage storage(int bits) {
        return new Storage.Blocks(bits, block, zeroPoints, activations);
    }
}
