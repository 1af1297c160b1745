package org.encore.api.device;

import java.util.List;
import java.util.Locale;

import org.encore.api.option.Option;

/**
 * What a data sheet says of a device: enough to predict when its memory and when its arithmetic is the bottleneck.
 *
 * @param name for people
 * @param kind of processor
 * @param peak operations per second
 * @param bandwidth of its memory
 * @param memory that a model can have
 * @param launch overhead of each operation
 * @param fixedShapes whether graphs are compiled for fixed lengths, so that everything is padded to them
 * @param usual precision that models usually have there
 * @param assumptions what no source says
 * @param sources of the numbers
 * @since 0.1.0
 */
public record Card(
        @Option(help = "name for people") String name,
        @Option(help = "cpu, gpu or npu") Kind kind,
        @Option(help = "dense operations per second by precision; what is left out does not run there") Peak peak,
        @Option(help = "read bandwidth of its memory", unit = "GB/s") double bandwidth,
        @Option(help = "memory that a model can have", unit = "GB") double memory,
        @Option(value = "0", help = "time of launching one operation, which no larger model makes longer", unit = "µs") double launch,
        @Option(value = "false", help = "whether graphs are compiled for fixed lengths: everything is then padded to them") boolean fixedShapes,
        @Option(help = "precision that models usually have there: fp32, fp16, int8 or int4") Precision usual,
        @Option(value = "[]", help = "what no source says") List<String> assumptions,
        @Option(help = "where each number is from") List<String> sources) {

    /** What computes. */
    public enum Kind { CPU, GPU, NPU }

    /**
     * In which form weights are stored and multiplied, with bytes of a weight (scales of blocks of 32 in fp16 included) and of a number in a cache.
     */
    public enum Precision {
        FP32(4, 4), FP16(2, 2), INT8(1.0625, 2), INT4(0.5625, 2);

        private final double weightBytes;
        private final double stateBytes;

        Precision(double weightBytes, double stateBytes) {
            this.weightBytes = weightBytes;
            this.stateBytes = stateBytes;
        }

        /** Bytes of one weight. */
        public double weightBytes() {
            return weightBytes;
        }

        /** Bytes of one number of a cache. */
        public double stateBytes() {
            return stateBytes;
        }

        /** As in files: {@code int8}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Dense operations per second, in 10^12; 0 for what the device cannot do.
     *
     * @param fp32 multiplications and additions
     * @param fp16 of either 16-bit format
     * @param int8 of bytes
     */
    public record Peak(
            @Option(value = "0", help = "in fp32", unit = "TFLOP/s") double fp32,
            @Option(value = "0", help = "in a 16-bit format", unit = "TFLOP/s") double fp16,
            @Option(value = "0", help = "of bytes", unit = "TOP/s") double int8) {}

    public Card {
        assumptions = List.copyOf(assumptions);
        sources = List.copyOf(sources);
        if (!(bandwidth > 0) || !(memory > 0) || launch < 0) {
            throw new IllegalArgumentException(name + ": bandwidth " + bandwidth + ", memory " + memory + ", launch " + launch
                    + ": give positive GB/s and GB, and at least 0 µs");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(name + ": no source; say where the numbers are from");
        }
    }

    /**
     * Operations per second at a precision. Weights of 4 bits are multiplied as bytes.
     *
     * @throws IllegalArgumentException if the device cannot do it
     */
    public double operationsPerSecond(Precision precision) {
        double peakTera = switch (precision) {
            case FP32 -> peak.fp32();
            case FP16 -> peak.fp16();
            case INT8, INT4 -> peak.int8();
        };
        if (!(peakTera > 0)) {
            throw new IllegalArgumentException(name + " has no peak in " + (precision == Precision.INT4 ? "int8" : precision.words())
                    + " on its card; its usual precision is " + usual.words());
        }
        return peakTera * 1e12;
    }

    /** Bytes per second. */
    public double bytesPerSecond() {
        return bandwidth * 1e9;
    }
}
