package com.example.mingru;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Layer;
import org.encore.api.architecture.Stack;
import org.encore.api.option.Option;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Model;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.LinearRecurrence;

/**
 * An encoder-decoder of minGRU layers (Feng et al. 2024, "Were RNNs All We Needed?", arXiv 2410.01201, section 3.1): the encoder reads the source in
 * both directions, the decoder remembers what it wrote in its state and attends to the encoder. In a minGRU gate and candidate depend on the input
 * alone, so that training computes all times at once; a step of generation keeps one state of fixed size instead of a cache that grows.
 */
public final class MinGru implements Architecture<MinGru.Options> {

    /** What can be chosen. */
    public record Options(
            @Option(value = "2", help = "depth of the encoder", unit = "layers") int encoderLayers,
            @Option(value = "2", help = "depth of the decoder", unit = "layers") int decoderLayers,
            @Option(value = "1.5", help = "size of a state over the width") double expansion,
            @Option(help = "sizes of a layer; the heads are those of the cross-attention") Block block) {

        public Options {
            if (!(expansion > 0)) {
                throw new IllegalArgumentException("expansion " + expansion + " leaves no state. Give a positive number.");
            }
        }

        int state() {
            return Math.max(1, (int) Math.round(expansion * block.width()));
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Model build(Options o, Build build) {
        Stack encoder = build.layers("encoder", o.encoderLayers(), o.block(), (layer, xBSD) -> {
            Tensor normed = layer.norm("n1", xBSD);
            Tensor onwards = minGru(layer, "onwards", normed, o.state());
            Tensor backwards = reversed(layer, minGru(layer, "backwards", reversed(layer, normed), o.state()));
            xBSD = xBSD.plus(layer.dropout(layer.linear("mix", layer.graph().concat(2, List.of(onwards, backwards)), o.block().width())));
            return xBSD.plus(layer.mlp("mlp", layer.norm("n2", xBSD)));
        });
        Stack decoder = build.layers("decoder", o.decoderLayers(), o.block(), (layer, xBTD) -> {
            Tensor remembered = minGru(layer, "memory", layer.norm("n1", xBTD), o.state());
            xBTD = xBTD.plus(layer.dropout(layer.linear("mix", remembered, o.block().width())));
            xBTD = xBTD.plus(layer.attention("cross", layer.norm("n2", xBTD), Attend.over(encoder.output())));
            return xBTD.plus(layer.mlp("mlp", layer.norm("n3", xBTD)));
        });
        return build.sequenceToSequence(encoder, decoder);
    }

    /** h_t = (1 - z_t) h_(t-1) + z_t c_t, with z_t = sigmoid(gate(x_t)) and c_t = candidate(x_t): (B, T, D) to (B, T, E). */
    private static Tensor minGru(Layer layer, String name, Tensor xBTD, int size) {
        return layer.recurrent(name, size, before -> {
            Tensor gate = layer.linear("gate", xBTD, size);
            Tensor added = gate.sigmoid().times(layer.linear("candidate", xBTD, size));
            return layer.graph().apply(new LinearRecurrence(), logOfOneMinusSigmoid(gate), added, before);
        });
    }

    /** log(1 - sigmoid(x)) = -log(1 + e^x), written so that no exponent is positive: nothing overflows, and no gradient is lost. */
    private static Tensor logOfOneMinusSigmoid(Tensor x) {
        Graph graph = x.graph();
        Tensor rest = x.min(x.times(-1)).exp().plus(graph.constant(1)).log();
        return x.max(graph.constant(0)).plus(rest).times(-1);
    }

    /** Each row's own tokens in reverse order; the padding behind them holds anything. */
    private static Tensor reversed(Layer layer, Tensor xBSD) {
        Graph graph = layer.graph();
        Dim batch = xBSD.shape().get(0);
        Dim one = Dim.of(1);
        Tensor last = layer.lengths().minus(graph.constant(1, DType.INT, Shape.SCALAR)).reshape(Shape.of(batch, one, one));
        Tensor position = graph.iota(Shape.of(one, xBSD.shape().get(1), one), 1);
        return xBSD.gather(1, last.minus(position).max(graph.constant(0, DType.INT, Shape.SCALAR)));
    }

    @Override
    public Options atWidth(Options o, int width) {
        return new Options(o.encoderLayers(), o.decoderLayers(), o.expansion(), o.block().withWidth(width));
    }

    @Override
    public Map<String, Options> presets() {
        var presets = new LinkedHashMap<String, Options>();
        presets.put("tiny", new Options(1, 1, 1.5, block(32, 2, 16)));
        presets.put("300k", new Options(2, 2, 1.5, block(64, 4, 16)));
        presets.put("1m", new Options(2, 2, 1.5, block(128, 4, 32)));
        return presets;
    }

    private static Block block(int width, int heads, int headSize) {
        return new Block(width, heads, heads, headSize, Block.Mlp.SWIGLU, 8.0 / 3, false, true, 10000, false, 0);
    }
}
