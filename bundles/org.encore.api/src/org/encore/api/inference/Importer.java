package org.encore.api.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Configurable;
import org.encore.api.weights.Weights;

/**
 * Reads a model that others have trained. It says which architecture with which options it is, and brings its weights under that architecture's names
 * and conventions; it builds nothing. Contributed through the extension point {@code org.encore.api.importers}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 * @since 0.1.0
 */
public interface Importer<O extends Record> extends Configurable<O> {

    /**
     * Reads a file or folder.
     *
     * @throws IOException if something is missing, cut off or damaged; the message names the file, what is wrong and what to do
     * @throws IllegalArgumentException if it is a model that no architecture here can be; the message says what about it
     */
    Imported read(Path source, O options) throws IOException;

    /**
     * A model read.
     *
     * @param architecture id, such as {@code decoder-only}
     * @param options of the architecture as plain values, as one writes them in an experiment
     * @param vocabularySize V
     * @param startToken id that begins a text
     * @param endToken id that ends a text
     * @param weights by the parameters' names, rotary pairs as {@link org.encore.graph.op.Rope} has them: element i with i + K / 2
     * @param tokenizer a Hugging Face {@code tokenizer.json}, if there is one
     * @param source what stands around a source, if it is a model that writes a target to one; empty if it is a language model, which goes on with a text
     */
    record Imported(String architecture, Map<String, Object> options, int vocabularySize, int startToken, int endToken, Weights weights,
            Optional<String> tokenizer, Optional<SourceFrame> source) {}

    /**
     * Ids that a model has learnt to find around every source.
     *
     * @param before in front of it
     * @param behind after it
     */
    record SourceFrame(List<Integer> before, List<Integer> behind) {

        public SourceFrame {
            before = List.copyOf(before);
            behind = List.copyOf(behind);
        }
    }
}
