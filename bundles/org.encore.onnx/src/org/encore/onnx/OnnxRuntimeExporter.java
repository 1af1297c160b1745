package org.encore.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.inference.Exporter;
import org.encore.api.option.Option;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.onnx.export.OnnxFiles;

/**
 * Writes ONNX for ONNX Runtime: attention over a cache is one operator there, which grows the cache in place if input and output are bound to one
 * buffer. Called just like the portable form.
 */
public final class OnnxRuntimeExporter implements Exporter<OnnxRuntimeExporter.Options> {

    /** @param positions largest number of tokens in a row's caches */
    public record Options(@Option(value = "1024", help = "largest number of tokens in a row's caches", unit = "tokens") int positions) {

        public Options {
            if (positions < 2 || positions > 1 << 20) {
                throw new IllegalArgumentException("positions " + positions + ": give 2 to " + (1 << 20));
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Path> export(Model model, Weights weights, Path folder, Options options) throws IOException {
        return OnnxFiles.fused(model, weights, folder, options.positions());
    }
}
