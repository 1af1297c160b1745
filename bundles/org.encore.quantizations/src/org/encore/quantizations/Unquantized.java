package org.encore.quantizations;

import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;

/** Every matrix as it was trained: for an axis of precisions, and for the parts of a mixed scheme. */
public final class Unquantized implements Quantization<Unquantized.Options> {

    /** Nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Storage storage(Options options, Matrix matrix) {
        return new Storage.Fp32();
    }
}
