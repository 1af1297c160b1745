package org.encore.quantizations;

import org.encore.api.option.Option;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;
import org.encore.api.quantization.Storage.Activations;

/**
 * int8 by output with activations quantised at run time, so that products are of whole numbers. The embedding is looked up and the head computes one
 * position at a time, where that gains nothing: they are int8 in blocks.
 */
public final class Int8Dynamic implements Quantization<Int8Dynamic.Options> {

    /** @param block of the embedding and the head */
    public record Options(@Option(value = "32", help = "elements that share a scale in embedding and head") int block) {
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
        return switch (matrix.role()) {
            case EMBEDDING, HEAD -> new Storage.Blocks(8, options.block(), false, Activations.INT8);
            case ATTENTION, MLP -> new Storage.Channels();
        };
    }
}
