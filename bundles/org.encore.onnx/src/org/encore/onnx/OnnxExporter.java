package org.encore.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.Exporter;
import org.encore.api.option.Option;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.onnx.export.OnnxFiles;

/** Writes ONNX of standard operators only (opset 20), which any runtime reads. */
public final class OnnxExporter implements Exporter<OnnxExporter.Options> {

    /**
     * Sizes that are fixed in the files, for devices that cannot do with open ones.
     *
     * @param rows sources at once; 0 leaves it open
     * @param source tokens of a source, padding included; 0 leaves it open
     * @param past places of a cache: source (if the model reads it into its cache), start token and output; 0 leaves it open
     */
    public record Options(
            @Option(value = "0", help = "fixed number of sources at once; 0 leaves it open") int rows,
            @Option(value = "0", help = "fixed length of sources, padding included; 0 leaves it open", unit = "tokens") int source,
            @Option(value = "0", help = "fixed capacity of caches; steps then take one token each; 0 leaves it open", unit = "tokens") int past) {

        public Options {
            if (rows < 0 || source < 0 || past < 0) {
                throw new IllegalArgumentException(
                        "rows " + rows + ", source " + source + ", past " + past + ": give sizes of at least 1, or 0 to leave one open");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Path> export(Model model, Weights weights, Path folder, Options options) throws IOException {
        var sizes = new HashMap<>(Map.of("B", (long) options.rows(), "S", (long) options.source(), "P", (long) options.past()));
        sizes.values().removeIf(size -> size == 0);
        return OnnxFiles.portable(model, weights, folder, sizes);
    }
}
