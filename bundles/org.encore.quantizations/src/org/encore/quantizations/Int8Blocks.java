package org.encore.quantizations;

import org.encore.api.option.Option;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;
import org.encore.api.quantization.Storage.Activations;

/** int8 weights in blocks. */
public final class Int8Blocks implements Quantization<Int8Blocks.Options> {

    /**
     * @param block elements that share a scale
     * @param zeroPoints whether each block has a zero point
     * @param activations precision of what the weights are multiplied with
     */
    public record Options(
            @Option(value = "32", help = "elements that share a scale: 16, 32, 64, 128 or 256") int block,
            @Option(value = "false", help = "a zero point for each block: a little more exact, a little slower") boolean zeroPoints,
            @Option(value = "int8", help = "what weights are multiplied with: int8 (faster) or fp32 (exact)") Activations activations) {

        public Options {
            Blocks.check(block);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Storage storage(Options options, Matrix matrix) {
        return new Storage.Blocks(8, options.block(), options.zeroPoints(), options.activations());
    }
}
