package org.encore.importers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.Importer;
import org.encore.api.weights.Weights;

/**
 * T5Gemma as Hugging Face's library writes it (Zhang et al. 2025, arXiv 2504.06225): an {@code encoder-decoder} whose layers are Gemma 2's (arXiv 2408.00118).
 * What Gemma computes elsewhere goes into the weights: norms multiply by 1 + gain; embeddings are multiplied by sqrt(D), which the last norm takes back from a
 * tied head; and where scores are not scaled by 1 / sqrt(K), the queries' matrices make up for it.
 */
public final class T5Gemma implements Importer<T5Gemma.Options> {

    private static final String ARCHITECTURE = "encoder-decoder";
    private static final Map<String, String> ATTENTION = Map.of("q_proj", "q", "k_proj", "k", "v_proj", "v", "o_proj", "o");
    private static final Map<String, String> FEED_FORWARD = Map.of("gate_proj", "gate", "up_proj", "up", "down_proj", "down");

    /** Nothing to choose. */
    public record Options() {}

    /** A part of a layer: its name there, its norms' name there, and its name here. */
    private record Part(String theirs, String norm, String ours, Map<String, String> matrices) {

        private static final Part SELF = new Part("self_attn", "self_attn", "self", ATTENTION);
        private static final Part CROSS = new Part("cross_attn", "cross_attn", "cross", ATTENTION);
        private static final Part MLP = new Part("mlp", "feedforward", "mlp", FEED_FORWARD);
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Imported read(Path source, Options options) throws IOException {
        var folder = new HuggingFaceFolder(source);
        Config config = folder.config();
        config.require("model_type", "t5gemma");
        Config encoder = config.inside("encoder");
        Config decoder = config.inside("decoder");
        var ofEncoder = Gemma2Shape.of(encoder);
        var ofDecoder = Gemma2Shape.of(decoder);
        if (!ofEncoder.equals(ofDecoder)) {
            throw new IllegalArgumentException(config.file() + ": encoder and decoder differ: " + ofEncoder + " and " + ofDecoder + ". " + ARCHITECTURE
                    + " has one size for both.");
        }
        boolean tied = config.truth("tie_word_embeddings", true);
        int layers = encoder.whole("num_hidden_layers", -1);
        int decoderLayers = decoder.whole("num_hidden_layers", -1);
        ofDecoder.requireAlternating(encoder, layers);
        ofDecoder.requireAlternating(decoder, decoderLayers);
        var names = new LinkedHashMap<String, String>();
        names.put("model.encoder.embed_tokens.weight", "encoder.embedding");
        names.put("model.decoder.embed_tokens.weight", "embedding");
        stack(names, "encoder", layers, List.of(Part.SELF, Part.MLP));
        stack(names, "decoder", decoderLayers, List.of(Part.SELF, Part.CROSS, Part.MLP));
        if (!tied) {
            names.put("lm_head.out_proj.weight", "head.weight");
        }
        Map<String, Weights.Values> tensors = folder.tensors(names, name -> tied && name.equals("lm_head.out_proj.weight"), "T5Gemma");
        tensors.replaceAll((name, values) -> ours(name, values, ofDecoder, tied));
        int begin = decoder.first("bos_token_id", config.first("bos_token_id", 2));
        int end = decoder.first("eos_token_id", config.first("eos_token_id", 1));
        return new Imported(ARCHITECTURE, Map.of("encoderLayers", layers, "decoderLayers", decoderLayers, "window", ofDecoder.window(), "embeddings", "apart", "block",
                ofDecoder.block(tied)), decoder.whole("vocab_size", -1), begin, end, new Weights(tensors), folder.tokenizer(),
                Optional.of(new SourceFrame(List.of(begin), List.of())));
    }

    private static void stack(Map<String, String> names, String stack, int layers, List<Part> parts) {
        for (int layer = 0; layer < layers; layer++) {
            String theirs = "model." + stack + ".layers." + layer + ".";
            String ours = stack + "." + layer + ".";
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                names.put(theirs + "pre_" + part.norm() + "_layernorm.weight", ours + "n" + (i + 1) + ".gain");
                names.put(theirs + "post_" + part.norm() + "_layernorm.weight", ours + part.ours() + ".after.gain");
                part.matrices().forEach((matrix, our) -> names.put(theirs + part.theirs() + "." + matrix + ".weight", ours + part.ours() + "." + our + ".weight"));
            }
        }
        names.put("model." + stack + ".norm.weight", stack + ".norm.gain");
    }

    private static Weights.Values ours(String name, Weights.Values values, Gemma2Shape shape, boolean tied) {
        double embedded = Math.sqrt(shape.width());
        if (name.endsWith(".q.weight")) {
            return Scaled.times(values, shape.queryFactor());
        }
        if (name.endsWith("embedding")) {
            return Scaled.times(values, embedded);
        }
        if (name.endsWith(".gain")) {
            Weights.Values gain = Scaled.plus(values, 1);
            return tied && name.equals("decoder.norm.gain") ? Scaled.times(gain, 1 / embedded) : gain;
        }
        return values;
    }
}
