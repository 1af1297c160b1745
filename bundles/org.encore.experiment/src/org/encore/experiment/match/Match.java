package org.encore.experiment.match;

import org.encore.api.option.Option;

/**
 * What all variants have equal, by choice of their widths. Exactly one of the three is given.
 *
 * @param parameters trained numbers, embeddings counted
 * @param flops of reading {@code source} tokens and writing {@code target} tokens, paper convention
 * @param decodeBytes read per generated token: weights in fp32 and caches at those lengths
 * @param source length for flops and decodeBytes
 * @param target length for flops and decodeBytes
 */
public record Match(
        @Option(value = "0", help = "trained numbers, embeddings counted") long parameters,
        @Option(value = "0", help = "floating-point operations to read a source and write a target (matrix products, caches on)", unit = "FLOP") long flops,
        @Option(value = "0", help = "bytes read for each generated token, weights in fp32 and caches", unit = "bytes") long decodeBytes,
        @Option(value = "16", help = "source length for flops and decodeBytes", unit = "tokens") int source,
        @Option(value = "12", help = "target length for flops and decodeBytes", unit = "tokens") int target) {

    public Match {
        long given = java.util.stream.LongStream.of(parameters, flops, decodeBytes).filter(value -> value != 0).count();
        if (given != 1) {
            throw new IllegalArgumentException("match needs exactly one of parameters, flops and decodeBytes, not " + given);
        }
        if (parameters < 0 || flops < 0 || decodeBytes < 0 || source < 1 || target < 1) {
            throw new IllegalArgumentException("match takes positive numbers");
        }
    }

    /** Name of what is matched. */
    public String quantity() {
        return parameters != 0 ? "parameters" : flops != 0 ? "flops" : "decodeBytes";
    }

    /** The value to reach. */
    public long goal() {
        return parameters + flops + decodeBytes;
    }
}
