package org.encore.api.quantization;

/**
 * A form in which a matrix (out, in) is stored, and what precision it is multiplied in. Backends switch over these; {@link Codes} has the numbers.
 */
public sealed interface Storage {

    /** As it is: four bytes an element. */
    record Fp32() implements Storage {}

    /**
     * Eight bits an element and one fp32 scale for each output, symmetric. Multiplied with activations that are quantised to eight bits at run time by
     * one scale and one zero point for all of them, so that a product is of whole numbers ("dynamic quantisation").
     *
     * <p>As the range of activations is that of the whole call, a row's result depends a little on the other rows and on padding.
     */
    record Channels() implements Storage {}

    /**
     * Runs of {@code size} inputs of one output share an fp32 scale ("weight-only").
     *
     * @param bits of an element's code
     * @param size elements of a block
     * @param zeroPoints whether each block also has a zero point of as many bits; without, codes are symmetric about the middle one
     * @param activations what they are multiplied with
     */
    record Blocks(int bits, int size, boolean zeroPoints, Activations activations) implements Storage {

        public Blocks {
            if (bits < 2 || bits > 8) {
                throw new IllegalArgumentException(bits + " bits: give 2 to 8");
            }
            if (size < 2 || size > 1 << 16) {
                throw new IllegalArgumentException("blocks of " + size + " elements: give 2 to " + (1 << 16));
            }
        }

        /** Blocks of an output, the last one filled up. */
        public int count(long in) {
            return Math.toIntExact((in + size - 1) / size);
        }
    }

    /** Precision of what a weight is multiplied with. */
    enum Activations {
        /** Four bytes, as they come. */
        FP32,
        /** Eight bits, each run of a block's size by its own scale: faster, and a little less exact. */
        INT8
    }

    /** Bytes of the codes, scales and zero points of a matrix. */
    default long bytes(long out, long in) {
        return switch (this) {
            case Fp32() -> out * in * Float.BYTES;
            case Channels() -> out * (in + Float.BYTES);
            case Blocks blocks -> {
                long count = blocks.count(in);
                yield out * ((count * blocks.size() * blocks.bits() + 7) / 8 + count * Float.BYTES
                        + (blocks.zeroPoints() ? (count * blocks.bits() + 7) / 8 : 0));
            }
        };
    }
}
