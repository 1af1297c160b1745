package org.encore.architectures;

import java.util.ArrayList;
import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Encoded;
import org.encore.api.architecture.Layer;
import org.encore.api.architecture.Memory;
import org.encore.api.architecture.Stack;
import org.encore.api.option.Option;
import org.encore.graph.Dim;
import org.encore.graph.Initializer;
import org.encore.graph.Model;
import org.encore.graph.Tensor;

/**
 * An encoder-decoder whose earlier encoder layers reach the decoder beside the last state: the residual connections that arXiv 2501.16273
 * leaves as future work. A bridge starts as exactly the plain encoder-decoder, bit for bit, and costs nothing per generated token, because
 * keys and values are projected from the mixed states once per source.
 */
public final class ResidualBridged implements Architecture<ResidualBridged.Options> {

    // B batch, S source, T target, D width, N encoder layers; h_i the encoder's state after layer i on the output's scale, h_0 the embedding

    /**
     * @param encoderLayers depth of the encoder
     * @param decoderLayers depth of the decoder
     * @param bridge how earlier states reach the decoder
     * @param block sizes of a layer
     */
    public record Options(
            @Option(value = "4", help = "depth of the encoder; the cost of the first token grows with it", unit = "layers") int encoderLayers,
            @Option(value = "2", help = "depth of the decoder; the cost of every later token grows with it", unit = "layers") int decoderLayers,
            @Option(value = "weighted", help = "how earlier encoder states reach the decoder: weighted or gated") Bridge bridge,
            @Option(help = "sizes of a layer") Block block) {}

    /** How earlier encoder states reach decoder layer j. */
    public sealed interface Bridge {

        /** Layer j reads h_N + g_j (sum_i softmax(w_j)_i h_i - h_N), g_j a number that starts at 0 (after Bapna et al. 2018, arXiv 1808.07561). */
        record Weighted() implements Bridge {}

        /** Layer j reads h_N + g_j * h_m, g_j a vector that starts at 0, m the encoder layer at the same relative depth. */
        record Gated() implements Bridge {}
    }

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
        Memory memory = switch (o.bridge()) {
            case Bridge.Weighted() -> ResidualBridged::weighted;
            case Bridge.Gated() -> (layer, encoded) -> gated(layer, encoded, o.decoderLayers());
        };
        Stack decoder = build.layers("decoder", o.decoderLayers(), o.block(), (layer, xBTD) -> {
            xBTD = xBTD.plus(layer.attention("self", layer.norm("n1", xBTD), Attend.causal()));
            xBTD = xBTD.plus(layer.attention("cross", layer.norm("n2", xBTD), Attend.over(memory)));
            return xBTD.plus(layer.mlp("mlp", layer.norm("n3", xBTD)));
        });
        return build.sequenceToSequence(encoder, decoder);
    }

    private static Tensor weighted(Layer layer, Encoded encoded) {
        int count = encoded.states().size();
        Tensor share = layer.parameter("mix", new Initializer.Constant(0), count).softmax(0);                   // (N + 1)
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < count; i++) {
            parts.add(encoded.normed(i).times(share.slice(0, Dim.of(i), Dim.of(i + 1))));                        // (B, S, D)
        }
        Tensor mixedBSD = parts.stream().reduce(Tensor::plus).orElseThrow();
        Tensor gate = layer.parameter("gate", new Initializer.Constant(0), 1);
        return encoded.output().plus(mixedBSD.minus(encoded.output()).times(gate));
    }

    private static Tensor gated(Layer layer, Encoded encoded, int decoderLayers) {
        int last = encoded.states().size() - 1;
        int paired = Math.min(last - 1, (layer.index() + 1) * last / (decoderLayers + 1));
        Tensor gate = layer.parameter("gate", new Initializer.Constant(0), layer.block().width());               // (D)
        return encoded.output().plus(encoded.normed(paired).times(gate));
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.encoderLayers(), o.decoderLayers(), o.bridge(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        return Presets.of((layers, block) -> new Options(layers - layers / 3, layers / 3, new Bridge.Weighted(), block));
    }
}
