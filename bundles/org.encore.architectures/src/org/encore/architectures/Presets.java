package org.encore.architectures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Block.Mlp;

/** Named sizes. The number names the layers' parameters of a decoder-only model roughly; {@code match:} makes variants equal. */
final class Presets {

    private Presets() {}

    /** @param options from total depth and layer sizes */
    static <O> Map<String, O> of(BiFunction<Integer, Block, O> options) {
        var presets = new LinkedHashMap<String, O>();
        presets.put("1m", options.apply(6, llama(128, 4, 2, 32)));
        presets.put("3m", options.apply(6, llama(224, 7, 7, 32)));
        presets.put("10m", options.apply(9, llama(320, 5, 5, 64)));
        presets.put("30m", options.apply(12, llama(512, 8, 4, 64)));
        presets.put("100m", options.apply(15, llama(768, 12, 6, 64)));
        presets.put("330m", options.apply(30, llama(1024, 16, 8, 64)));
        presets.put("500m", options.apply(27, llama(1280, 20, 10, 64)));
        presets.put("1b", options.apply(30, llama(1792, 28, 14, 64)));
        presets.put("paper-330m", options.apply(30, PAPER));
        return presets;
    }

    /** The released model of arXiv 2501.16273: 6 query and 3 key heads of 64, plain GELU 4096, biases everywhere, dropout 0.1. */
    private static final Block PAPER = new Block(1024, 6, 3, 64, Mlp.GELU, 4, true, true, 10000, false, 0.1);

    private static Block llama(int width, int heads, int kvHeads, int headSize) {
        return new Block(width, heads, kvHeads, headSize, Mlp.SWIGLU, 8.0 / 3, false, true, 10000, false, 0);
    }
}
