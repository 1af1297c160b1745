package org.encore.importers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.Importer;
import org.encore.api.weights.Weights;

/**
 * T5, T5 1.1, Flan-T5, mT5 and ByT5 as Hugging Face's library writes them (Raffel et al. 2020, arXiv 1910.10683): {@code encoder-decoder} with relative
 * positions. What T5 scales elsewhere goes into the weights: it does not divide scores by sqrt(K), so the queries' matrices are multiplied by that; and with
 * a tied head it divides the decoder's output by sqrt(D), so the last norm's gain is.
 */
public final class T5 implements Importer<T5.Options> {

    private static final String ARCHITECTURE = "encoder-decoder";

    /** Nothing to choose. */
    public record Options() {}

    /** Forms of the feed-forward part, by their name there. */
    private enum FeedForward {
        RELU("relu"), GEGLU("gated-gelu"), SWIGLU("gated-silu");

        private final String theirs;

        FeedForward(String theirs) {
            this.theirs = theirs;
        }

        static FeedForward of(Config config) {
            String given = config.text("feed_forward_proj", RELU.theirs);
            for (FeedForward form : values()) {
                if (form.theirs.equals(given)) {
                    return form;
                }
            }
            throw new IllegalArgumentException(config.file() + ": feed_forward_proj is " + given + ", and only relu, gated-gelu and gated-silu are read here");
        }

        /** Ours by theirs, without what all layers share. */
        Map<String, String> names() {
            return this == RELU ? Map.of("wi", "up", "wo", "down") : Map.of("wi_0", "gate", "wi_1", "up", "wo", "down");
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Imported read(Path source, Options options) throws IOException {
        var folder = new HuggingFaceFolder(source);
        Config config = folder.config();
        config.require("model_type", "t5", "mt5");
        FeedForward form = FeedForward.of(config);
        int layers = config.whole("num_layers", -1);
        int decoderLayers = config.whole("num_decoder_layers", layers);
        int width = config.whole("d_model", -1);
        int heads = config.whole("num_heads", -1);
        int headSize = config.whole("d_kv", -1);
        boolean tied = config.truth("tie_word_embeddings", true);
        var block = new LinkedHashMap<String, Object>();
        block.put("width", width);
        block.put("heads", heads);
        block.put("kvHeads", heads);
        block.put("headSize", headSize);
        block.put("mlp", form.name().toLowerCase(Locale.ROOT));
        block.put("expansion", Expansion.of(config.whole("d_ff", -1), width));
        block.put("tied", tied);
        block.put("normEpsilon", config.real("layer_norm_epsilon", 1e-6));
        block.put("positions", Map.of("relative", Map.of("buckets", config.whole("relative_attention_num_buckets", 32),
                "furthest", config.whole("relative_attention_max_distance", 128))));
        Map<String, Object> ofModel = Map.of("encoderLayers", layers, "decoderLayers", decoderLayers, "block", block);
        Map<String, Weights.Values> tensors = folder.tensors(names(layers, decoderLayers, form, tied), name -> superfluous(name, tied), "T5");
        tensors.replaceAll((name, values) -> name.endsWith(".q.weight") ? Scaled.times(values, Math.sqrt(headSize))
                : tied && name.equals("decoder.norm.gain") ? Scaled.times(values, 1 / Math.sqrt(width)) : values);
        int pad = config.whole("pad_token_id", 0);
        int end = config.first("eos_token_id", 1);
        return new Imported(ARCHITECTURE, ofModel, config.whole("vocab_size", -1), config.whole("decoder_start_token_id", pad), end,
                new Weights(tensors), folder.tokenizer(), Optional.of(new SourceFrame(List.of(), List.of(end))));
    }

    private static Map<String, String> names(int layers, int decoderLayers, FeedForward form, boolean tied) {
        var names = new LinkedHashMap<String, String>();
        names.put("shared.weight", "embedding");
        stack(names, "encoder", layers, List.of("SelfAttention", "DenseReluDense"), form);
        stack(names, "decoder", decoderLayers, List.of("SelfAttention", "EncDecAttention", "DenseReluDense"), form);
        if (!tied) {
            names.put("lm_head.weight", "head.weight");
        }
        return names;
    }

    /** @param parts of a layer, in order */
    private static void stack(Map<String, String> names, String stack, int layers, List<String> parts, FeedForward form) {
        for (int layer = 0; layer < layers; layer++) {
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                String theirs = stack + ".block." + layer + ".layer." + i + ".";
                String ours = stack + "." + layer + ".";
                names.put(theirs + "layer_norm.weight", ours + "n" + (i + 1) + ".gain");
                Map<String, String> matrices = part.equals("DenseReluDense") ? form.names() : Map.of("q", "q", "k", "k", "v", "v", "o", "o");
                String name = switch (part) {
                    case "SelfAttention" -> "self";
                    case "EncDecAttention" -> "cross";
                    default -> "mlp";
                };
                matrices.forEach((matrix, our) -> names.put(theirs + part + "." + matrix + ".weight", ours + name + "." + our + ".weight"));
            }
        }
        names.put(stack + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight", stack + ".0.self.distances");
        names.put(stack + ".final_layer_norm.weight", stack + ".norm.gain");
    }

    /** The embedding under its other names; and numbers for distances in cross-attention, which old checkpoints have and no program reads. */
    private static boolean superfluous(String name, boolean tied) {
        return name.endsWith("embed_tokens.weight") || name.equals("decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight")
                || tied && name.equals("lm_head.weight");
    }
}
