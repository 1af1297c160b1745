package org.encore.importers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes of a Llama-style model, and the options of {@code decoder-only} that give them.
 *
 * @param width D
 * @param hidden F, inner size of the feed-forward part
 * @param kvHeads G, each shared by heads / kvHeads query heads that follow each other
 * @param headSize K
 * @param tied whether the embedding is the head
 */
record LlamaShape(int layers, int width, int hidden, int heads, int kvHeads, int headSize, boolean tied, boolean biases, double ropeTheta,
        double normEpsilon) {

    Map<String, Object> options() {
        var block = new LinkedHashMap<String, Object>();
        block.put("width", width);
        block.put("heads", heads);
        block.put("kvHeads", kvHeads);
        block.put("headSize", headSize);
        block.put("mlp", "swiglu");
        block.put("expansion", Expansion.of(hidden, width));
        block.put("biases", biases);
        block.put("tied", tied);
        block.put("ropeTheta", ropeTheta);
        block.put("normEpsilon", normEpsilon);
        var options = new LinkedHashMap<String, Object>();
        options.put("layers", layers);
        options.put("block", block);
        return options;
    }
}
