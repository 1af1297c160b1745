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
 * One stack that reads source and target as one row (Radford et al. 2018). With a bidirectional prefix it is a prefix-LM (Liu et al. 2018,
 * arXiv 1801.10198; Raffel et al. 2020): the same parameters and the same FLOPs, but the source sees itself both ways.
 */
public final class DecoderOnly implements Architecture<DecoderOnly.Options> {

    // B batch, T time (source, start token and target in one row), D width

    /**
     * @param layers depth; every token passes all of it
     * @param prefix what the source's tokens see
     * @param block sizes of a layer
     */
    public record Options(
            @Option(value = "6", help = "depth: every token, of source and target, passes all of it", unit = "layers") int layers,
            @Option(value = "causal", help = "what the source's tokens see: causal, or bidirectional for a prefix-LM") Prefix prefix,
            @Option(help = "sizes of a layer") Block block) {}

    /** What the source's tokens see. */
    public enum Prefix {
        /** What stands before them. */
        CAUSAL,
        /** The whole source. */
        BIDIRECTIONAL
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Model build(Options o, Build build) {
        var causal = new Attend.Causal(o.prefix() == Prefix.BIDIRECTIONAL);
        Stack decoder = build.layers("decoder", o.layers(), o.block(), (layer, xBTD) -> {
            xBTD = xBTD.plus(layer.attention("self", layer.norm("n1", xBTD), causal));
            return xBTD.plus(layer.mlp("mlp", layer.norm("n2", xBTD)));
        });
        return build.causal(decoder);
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.layers(), o.prefix(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        return Presets.of((layers, block) -> new Options(layers, Prefix.CAUSAL, block));
    }
}
