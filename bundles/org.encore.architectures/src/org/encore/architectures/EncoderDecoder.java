package org.encore.architectures;

import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Build.Embeddings;
import org.encore.api.architecture.Stack;
import org.encore.api.option.Option;
import org.encore.graph.Model;

/** Encoder-decoder with 2/3 of its depth in the encoder (Elfeki et al. 2025, arXiv 2501.16273, section 3). */
public final class EncoderDecoder implements Architecture<EncoderDecoder.Options> {

    // B batch, S source, T target, D width

    /**
     * @param encoderLayers depth of the encoder
     * @param decoderLayers depth of the decoder
     * @param window tokens that self-attention sees in every second layer, from the first on
     * @param embeddings whose token embedding the encoder has
     * @param block sizes of a layer
     */
    public record Options(
            @Option(value = "4", help = "depth of the encoder; the cost of the first token grows with it", unit = "layers") int encoderLayers,
            @Option(value = "2", help = "depth of the decoder; the cost of every later token grows with it", unit = "layers") int decoderLayers,
            @Option(value = "0", help = "tokens that self-attention sees on each side, the own one among them, in every second layer from the first on; 0 for all",
                    unit = "tokens") int window,
            @Option(value = "shared", help = "whose token embedding the encoder has: the decoder's (shared), or its own (apart)") Embeddings embeddings,
            @Option(help = "sizes of a layer") Block block) {

        public Options {
            if (window < 0) {
                throw new IllegalArgumentException("window " + window + ": give a number of tokens, or 0 for all");
            }
        }

        /** Without a window, and with one token embedding. */
        public Options(int encoderLayers, int decoderLayers, Block block) {
            this(encoderLayers, decoderLayers, 0, Embeddings.SHARED, block);
        }

        private int window(int layer) {
            return layer % 2 == 0 ? window : 0;
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Model build(Options o, Build build) {
        Stack encoder = build.layers("encoder", o.encoderLayers(), o.block(), (layer, xBSD) -> {
            xBSD = xBSD.plus(layer.attention("self", layer.norm("n1", xBSD), Attend.bidirectional(o.window(layer.index()))));
            return xBSD.plus(layer.mlp("mlp", layer.norm("n2", xBSD)));
        });
        Stack decoder = build.layers("decoder", o.decoderLayers(), o.block(), (layer, xBTD) -> {
            xBTD = xBTD.plus(layer.attention("self", layer.norm("n1", xBTD), Attend.causal(o.window(layer.index()))));
            xBTD = xBTD.plus(layer.attention("cross", layer.norm("n2", xBTD), Attend.over(encoder.output()))); // once per source
            return xBTD.plus(layer.mlp("mlp", layer.norm("n3", xBTD)));
        });
        return build.sequenceToSequence(encoder, decoder, o.embeddings());
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.encoderLayers(), o.decoderLayers(), o.window(), o.embeddings(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        return Presets.of((layers, block) -> new Options(layers - layers / 3, layers / 3, block));
    }
}
