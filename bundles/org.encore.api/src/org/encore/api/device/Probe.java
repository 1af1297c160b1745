package org.encore.api.device;

import org.encore.api.Availability;

/**
 * Measures a limit of some hardware by reaching for it. Contributed through the extension point {@code org.encore.api.probes}. Several probes may
 * reach for the same limit, each through another library: the best of them is the nearest to what the hardware can do.
 *
 * @since 0.1.0
 */
public interface Probe {

    /** What bounds the speed of a model. */
    enum Limit {
        /** Bytes per second that are read from memory, caches being too small to hold them: bounds one token after another. */
        READ_BANDWIDTH("read bandwidth", "B/s"),
        /** Operations per second of large matrix products in fp32, a multiplication and an addition being two: bounds reading a long source. */
        FP32_PRODUCTS("fp32 matrix products", "FLOP/s"),
        /** The same of products of 8-bit whole numbers that are summed in 32 bits. */
        INT8_PRODUCTS("int8 matrix products", "OP/s");

        private final String words;
        private final String unit;

        Limit(String words, String unit) {
            this.words = words;
            this.unit = unit;
        }

        public String words() {
            return words;
        }

        public String unit() {
            return unit;
        }
    }

    /** Which limit it measures. */
    Limit limit();

    /** Of which hardware: {@code cpu}, {@code cuda}. */
    default String device() {
        return "cpu";
    }

    /** Whether it can measure here: tried, not assumed. */
    Availability probe();

    /**
     * Prepares attempts: memory is taken, nothing is timed.
     *
     * @param threads that may work at a time
     * @throws org.encore.api.Unavailable if the probe fails
     */
    Attempts open(int threads);

    /** Attempts at the limit, each independent of the one before. */
    interface Attempts extends AutoCloseable {

        /** One attempt of a few to a few hundred milliseconds; the rate that it reached, in the limit's unit. */
        double once();

        @Override
        void close();
    }
}
