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

import org.encore.api.inference.Importer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * Llama-style models as Hugging Face's library writes them: {@code config.json}, {@code model.safetensors} (or several with an index), and
 * {@code tokenizer.json} if there is one. Rotary pairs are halves there, as here.
 */
public final class Llama implements Importer<Llama.Options> {

    private static final Map<String, String> OF_LAYER = Map.of("input_layernorm.weight", "n1.gain", "self_attn.q_proj.weight", "self.q.weight",
            "self_attn.k_proj.weight", "self.k.weight", "self_attn.v_proj.weight", "self.v.weight", "self_attn.o_proj.weight", "self.o.weight",
            "post_attention_layernorm.weight", "n2.gain", "mlp.gate_proj.weight", "mlp.gate.weight", "mlp.up_proj.weight", "mlp.up.weight",
            "mlp.down_proj.weight", "mlp.down.weight");

    /** Nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Imported read(Path source, Options options) throws IOException {
        var config = new Config(source.resolve("config.json"));
        config.require("model_type", "llama");
        config.require("hidden_act", "silu");
        config.refuse("rope_scaling");
        config.refuse("attention_bias");
        config.refuse("mlp_bias");
        int width = config.whole("hidden_size", -1);
        int heads = config.whole("num_attention_heads", -1);
        boolean tied = config.truth("tie_word_embeddings");
        var shape = new LlamaShape(config.whole("num_hidden_layers", -1), width, config.whole("intermediate_size", -1), heads,
                config.whole("num_key_value_heads", heads), config.whole("head_dim", width / heads), tied, false, config.real("rope_theta", 10_000),
                config.real("rms_norm_eps", 1e-6));
        Path tokenizer = source.resolve("tokenizer.json");
        return new Imported("decoder-only", shape.options(), config.whole("vocab_size", -1), config.whole("bos_token_id", 1), config.whole("eos_token_id", 2),
                named(source, tensors(source), shape.layers(), tied), Files.exists(tokenizer) ? Optional.of(Files.readString(tokenizer)) : Optional.empty());
    }

    private static Map<String, Weights.Values> tensors(Path folder) throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        if (!Files.exists(index)) {
            Path file = folder.resolve("model.safetensors");
            if (!Files.exists(file)) {
                throw new IOException("there is no model.safetensors in " + folder + ". Other formats of weights are not read.");
            }
            return SafeTensors.read(file).weights().tensors();
        }
        Set<String> parts = new LinkedHashSet<>();
        new Config(index).object("weight_map").asMap().values().forEach(part -> parts.add(part.getAsString()));
        var all = new LinkedHashMap<String, Weights.Values>();
        for (String part : parts) {
            if (part.contains("/") || part.contains("\\")) {
                throw new IOException(index + " names " + part + ", which is not in the folder itself");
            }
            all.putAll(SafeTensors.read(folder.resolve(part)).weights().tensors());
        }
        return all;
    }

    private static Weights named(Path folder, Map<String, Weights.Values> given, int layers, boolean tied) throws IOException {
        var names = new LinkedHashMap<String, String>();
        names.put("model.embed_tokens.weight", "embedding");
        for (int layer = 0; layer < layers; layer++) {
            int at = layer;
            OF_LAYER.forEach((theirs, ours) -> names.put("model.layers." + at + "." + theirs, "decoder." + at + "." + ours));
        }
        names.put("model.norm.weight", "decoder.norm.gain");
        if (!tied) {
            names.put("lm_head.weight", "head.weight");
        }
        var missing = new TreeSet<>(names.keySet());
        missing.removeAll(given.keySet());
        var unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(names.keySet());
        unknown.removeIf(name -> name.endsWith("rotary_emb.inv_freq") || tied && name.equals("lm_head.weight"));
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IOException("the tensors in " + folder + " are not those of a Llama-style model of its config.json: missing " + some(missing) + ", not known "
                    + some(unknown));
        }
        var weights = new LinkedHashMap<String, Weights.Values>();
        names.forEach((theirs, ours) -> weights.put(ours, given.get(theirs)));
        return new Weights(weights);
    }

    private static String some(Set<String> names) {
        return names.isEmpty() ? "none" : names.stream().limit(3).toList() + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
    }

    /** A file of JSON, asked for what it must have. */
    private static final class Config {

        private final Path file;
        private final JsonObject values;

        Config(Path file) throws IOException {
            this.file = file;
            if (!Files.exists(file)) {
                throw new IOException("there is no " + file.getFileName() + " in " + file.getParent() + ". Name the folder of a model.");
            }
            try {
                values = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            } catch (JsonParseException | IllegalStateException e) {
                throw new IOException(file + " is no JSON object: " + e.getMessage(), e);
            }
        }

        private Optional<JsonElement> value(String name) {
            return Optional.ofNullable(values.get(name)).filter(value -> !value.isJsonNull());
        }

        JsonObject object(String name) throws IOException {
            if (value(name).orElse(null) instanceof JsonObject object) {
                return object;
            }
            throw new IOException(file + " has no " + name);
        }

        /** @param otherwise if it is left out; -1 if it must be there */
        int whole(String name, int otherwise) throws IOException {
            double number = real(name, otherwise);
            if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
                throw new IOException(file + ": " + name + " is missing or no whole number");
            }
            return (int) number;
        }

        double real(String name, double otherwise) throws IOException {
            try {
                return value(name).map(JsonElement::getAsDouble).orElse(otherwise);
            } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
                throw new IOException(file + ": " + name + " is no number", e);
            }
        }

        boolean truth(String name) {
            return value(name).map(JsonElement::getAsBoolean).orElse(false);
        }

        void require(String name, String wanted) {
            String given = value(name).map(JsonElement::getAsString).orElse(wanted);
            if (!given.equals(wanted)) {
                throw new IllegalArgumentException(file + ": " + name + " is " + given + ", and only " + wanted + " is read here. See encore list importers.");
            }
        }

        void refuse(String name) {
            value(name).filter(value -> !value.toString().equals("false")).ifPresent(value -> {
                throw new IllegalArgumentException(file + ": " + name + " is " + value + ", which decoder-only does not have");
            });
        }
    }
}
