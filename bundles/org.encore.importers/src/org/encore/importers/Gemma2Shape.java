package org.encore.importers;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of a stack of Gemma 2's layers, as its {@code config.json} says them.
 *
 * @param width D
 * @param hidden F
 * @param scorePower 1 / scale of the scores, squared: {@code query_pre_attn_scalar}
 * @param window of every second layer, from the first on; 0 for none
 * @param scoreCap 0 for none
 * @param logitCap 0 for none
 */
record Gemma2Shape(int width, int hidden, int heads, int kvHeads, int headSize, double scorePower, int window, double scoreCap, double logitCap, double ropeTheta,
        double normEpsilon) {

    static Gemma2Shape of(Config config) throws IOException {
        config.require("hidden_activation", "gelu_pytorch_tanh");
        config.refuse("rope_scaling", "encoder-decoder");
        config.refuse("attention_bias", "encoder-decoder");
        int headSize = config.whole("head_dim", 256);
        return new Gemma2Shape(config.whole("hidden_size", -1), config.whole("intermediate_size", -1), config.whole("num_attention_heads", -1),
                config.whole("num_key_value_heads", -1), headSize, config.real("query_pre_attn_scalar", 256), config.whole("sliding_window", 0),
                config.real("attn_logit_softcapping", 0), config.real("final_logit_softcapping", 0),
                config.real("rope_theta", 10_000), config.real("rms_norm_eps", 1e-6));
    }

    /** What the queries are to be multiplied by, as our scores are scaled by 1 / sqrt(K). */
    double queryFactor() {
        return Math.sqrt(headSize / scorePower);
    }

    /** @throws IllegalArgumentException if other layers than every second one, from the first on, have a window */
    void requireAlternating(Config config, int layers) throws IOException {
        List<String> types = config.texts("layer_types");
        for (int layer = 0; layer < types.size(); layer++) {
            String expected = layer % 2 == 0 ? "sliding_attention" : "full_attention";
            if (!types.get(layer).equals(expected)) {
                throw new IllegalArgumentException(config.file() + ": layer " + layer + " of " + layers + " has " + types.get(layer) + "; only " + expected
                        + " is read there: a window in every second layer, from the first on");
            }
        }
    }

    Map<String, Object> block(boolean tied) {
        var block = new LinkedHashMap<String, Object>();
        block.put("width", width);
        block.put("heads", heads);
        block.put("kvHeads", kvHeads);
        block.put("headSize", headSize);
        block.put("mlp", "geglu");
        block.put("expansion", Expansion.of(hidden, width));
        block.put("tied", tied);
        block.put("ropeTheta", ropeTheta);
        block.put("normEpsilon", normEpsilon);
        block.put("norms", "sandwich");
        block.put("scoreCap", scoreCap);
        block.put("logitCap", logitCap);
        return block;
    }
}
