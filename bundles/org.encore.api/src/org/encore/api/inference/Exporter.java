package org.encore.api.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.option.Configurable;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;

/**
 * Writes a trained model in a format that others read. Contributed through the extension point {@code org.encore.api.exporters}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Exporter<O extends Record> extends Configurable<O> {

    /**
     * Writes the model.
     *
     * @param folder where to write; exists
     * @return the files, the one to open first coming first
     * @throws IOException if they cannot be written
     * @throws IllegalArgumentException if the options do not fit the model; the message says which and what would
     */
    List<Path> export(Model model, Weights weights, Path folder, O options) throws IOException;
}
