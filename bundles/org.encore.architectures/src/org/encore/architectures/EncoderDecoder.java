package org.encore.architectures;

import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Stack;
import org.encore.api.option.Option;
import org.encore.graph.Model;

/** Encoder-decoder with 2/3 of its depth in the encoder (Elfeki et al. 2025, arXiv 2501.16273, section 3). */
public final class EncoderDecoder implements Architecture<EncoderDecoder.Options> {

    // B batch, S source, T target, D width

    /**
     * @param encoderLayers depth of the encoder
     * @param decoderLayers depth of the decoder
     * @param block sizes of a layer
     */
    public record Options(
            @Option(value = "4", help = "depth of the encoder; the cost of the first token grows with it", unit = "layers") int encoderLayers,
            @Option(value = "2", help = "depth of the decoder; the cost of every later token grows with it", unit = "layers") int decoderLayers,
            @Option(help = "sizes of a layer") Block block) {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Model build(Options o, Build build) {
        Stack encoder = build.layers("encoder", o.encoderLayers(), o.block(), (layer, xBSD) -> {
            xBSD = xBSD.plus(layer.attention("self", layer.norm("n1", xBSD), Attend.bidirectional()));
            return xBSD.plus(layer.mlp("mlp", layer.norm("n2", xBSD)));
        });
        Stack decoder = build.layers("decoder", o.decoderLayers(), o.block(), (layer, xBTD) -> {
            xBTD = xBTD.plus(layer.attention("self", layer.norm("n1", xBTD), Attend.causal()));
            xBTD = xBTD.plus(layer.attention("cross", layer.norm("n2", xBTD), Attend.over(encoder.output()))); // once per source
            return xBTD.plus(layer.mlp("mlp", layer.norm("n3", xBTD)));
        });
        return build.sequenceToSequence(encoder, decoder);
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.encoderLayers(), o.decoderLayers(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        return Presets.of((layers, block) -> new Options(layers - layers / 3, layers / 3, block));
    }
}
