package org.encore.architectures;

import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Stack;
import org.encore.api.option.Option;
import org.encore.graph.Model;

/**
 * A decoder-decoder ("You Only Cache Once", Sun et al. 2024, arXiv 2405.05254): a self-decoder reads source and target as one row; its output is kept
 * as one cache of keys and values, which every layer of a cross-decoder reads. Reading a source needs the self-decoder alone, and the cross-decoder for
 * the last token: the saving of an encoder-decoder, causal and without an encoder.
 */
public final class DecoderDecoder implements Architecture<DecoderDecoder.Options> {

    // B batch, T time (source, start token and target in one row), N the tokens whose logits are wanted, D width

    /**
     * @param selfLayers depth of the self-decoder, which every token passes
     * @param crossLayers depth of the cross-decoder, which only tokens pass that are generated
     * @param window how far back the self-decoder looks
     * @param block sizes of a layer
     */
    public record Options(
            @Option(value = "4", help = "depth of the self-decoder: every token, of source and target, passes it; the first token costs this", unit = "layers")
            int selfLayers,
            @Option(value = "2", help = "depth of the cross-decoder: only generated tokens pass it, reading one cache", unit = "layers") int crossLayers,
            @Option(value = "0", help = "how many tokens, its own included, each token of the self-decoder sees; 0 for all. The cross-decoder sees all",
                    unit = "tokens") int window,
            @Option(help = "sizes of a layer") Block block) {

        public Options {
            if (window < 0) {
                throw new IllegalArgumentException("window " + window + ": give a number of tokens, or 0 for all");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Model build(Options o, Build build) {
        Stack selfDecoder = build.layers("selfDecoder", o.selfLayers(), o.block(), (layer, xBTD) -> {
            xBTD = xBTD.plus(layer.attention("self", layer.norm("n1", xBTD), Attend.causal(o.window())));
            return xBTD.plus(layer.mlp("mlp", layer.norm("n2", xBTD)));
        });
        Stack crossDecoder = build.layers("crossDecoder", o.crossLayers(), o.block(), (layer, xBND) -> {
            xBND = xBND.plus(layer.attention("cross", layer.norm("n1", xBND), Attend.shared()));
            return xBND.plus(layer.mlp("mlp", layer.norm("n2", xBND)));
        });
        return build.decoderDecoder(selfDecoder, crossDecoder);
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.selfLayers(), o.crossLayers(), o.window(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        return Presets.of((layers, block) -> new Options(layers - layers / 3, layers / 3, 0, block));
    }
}
