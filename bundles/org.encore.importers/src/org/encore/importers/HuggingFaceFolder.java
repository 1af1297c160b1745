package org.encore.importers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;

/** A model as Hugging Face's library writes it: {@code config.json}, {@code model.safetensors} or several with an index, {@code tokenizer.json}. */
record HuggingFaceFolder(Path path) {

    Config config() throws IOException {
        return Config.read(path.resolve("config.json"));
    }

    Optional<String> tokenizer() throws IOException {
        Path tokenizer = path.resolve("tokenizer.json");
        return Files.exists(tokenizer) ? Optional.of(Files.readString(tokenizer)) : Optional.empty();
    }

    /**
     * The tensors under our names.
     *
     * @param names ours by theirs
     * @param superfluous names of theirs that may be there and are not needed
     * @throws IOException if one is missing, or one is there that nobody knows
     */
    Map<String, Weights.Values> tensors(Map<String, String> names, Predicate<String> superfluous, String style) throws IOException {
        Map<String, Weights.Values> given = tensors();
        var missing = new TreeSet<>(names.keySet());
        missing.removeAll(given.keySet());
        var unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(names.keySet());
        unknown.removeIf(superfluous);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IOException("the tensors in " + path + " are not those of a " + style + "-style model of its config.json: missing " + some(missing) + ", not known "
                    + some(unknown));
        }
        var ours = new LinkedHashMap<String, Weights.Values>();
        names.forEach((theirs, name) -> ours.put(name, given.get(theirs)));
        return ours;
    }

    private static String some(Set<String> names) {
        return names.isEmpty() ? "none" : names.stream().limit(3).toList() + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
    }

    private Map<String, Weights.Values> tensors() throws IOException {
        Path index = path.resolve("model.safetensors.index.json");
        if (!Files.exists(index)) {
            Path file = path.resolve("model.safetensors");
            if (!Files.exists(file)) {
                throw new IOException("there is no model.safetensors in " + path + ". Other formats of weights are not read.");
            }
            return SafeTensors.read(file).weights().tensors();
        }
        Set<String> parts = new LinkedHashSet<>();
        Config.read(index).object("weight_map").asMap().values().forEach(part -> parts.add(part.getAsString()));
        var all = new LinkedHashMap<String, Weights.Values>();
        for (String part : parts) {
            if (part.contains("/") || part.contains("\\")) {
                throw new IOException(index + " names " + part + ", which is not in the folder itself");
            }
            all.putAll(SafeTensors.read(path.resolve(part)).weights().tensors());
        }
        return all;
    }
}
