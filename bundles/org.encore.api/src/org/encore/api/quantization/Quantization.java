package org.encore.api.quantization;

import org.encore.api.option.Configurable;

/**
 * Says for each matrix of a model in which form it is stored and multiplied. Backends make the codes and know how to compute with each form; a scheme
 * knows no backend. Contributed through the extension point {@code org.encore.api.quantizations}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 * @since 0.1.0
 */
public interface Quantization<O extends Record> extends Configurable<O> {

    /**
     * The form of one matrix.
     *
     * @param matrix of {@link Matrix#of}
     */
    Storage storage(O options, Matrix matrix);
}
