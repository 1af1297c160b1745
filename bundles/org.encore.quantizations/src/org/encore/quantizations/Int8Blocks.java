package org.encore.quantizations;

import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;

/** int8 weights in blocks. */
public final class Int8Blocks implements Quantization<Blocks> {

    @Override
    public Class<Blocks> optionsType() {
        return Blocks.class;
    }

    @Override
    public Storage storage(Blocks options, Matrix matrix) {
        return options.storage(8);
    }
}
