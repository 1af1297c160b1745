package org.encore.oracle.tests;

import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Layer;
import org.encore.api.architecture.Stack;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Model;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.LinearRecurrence;
import org.encore.testing.Case;

/** Models with recurrent state, as a plug-in may build them: each layer remembers by gates that it computes from its input. */
enum Recurrent {

    /** One row of source and target; the state begins with zeros, and the first step reads the whole source. */
    DECODER_ONLY {
        @Override
        Model build(int layers, Block block) {
            return Case.build("recurrent").causal(Case.build("recurrent")
                    .layers("decoder", layers, block, (layer, xBTD) -> xBTD.plus(remembered(layer, xBTD))));
        }
    },
    /** The same beside a cache. */
    BESIDE_A_CACHE {
        @Override
        Model build(int layers, Block block) {
            return Case.build("recurrent").causal(Case.build("recurrent").layers("decoder", layers, block, (layer, xBTD) ->
                    xBTD.plus(remembered(layer, xBTD)).plus(layer.attention("self", layer.norm("n1", xBTD), Attend.causal()))));
        }
    },
    /** The decoder begins with what the encoder leaves: nothing grows, nothing is kept of the source. */
    FROM_THE_SOURCE {
        @Override
        Model build(int layers, Block block) {
            Stack encoder = encoder(layers, block);
            return Case.build("recurrent").sequenceToSequence(encoder, Case.build("recurrent").layers("decoder", layers, block, (layer, xBTD) ->
                    xBTD.plus(layer.recurrent("memory", block.width(), (l, encoded) -> l.linear("start", last(l, encoded.output()), block.width()),
                            before -> states(layer, xBTD, before)))));
        }
    },
    /** The decoder begins with zeros and attends to the source, whose keys are computed once. */
    ATTENDING {
        @Override
        Model build(int layers, Block block) {
            Stack encoder = encoder(layers, block);
            return Case.build("recurrent").sequenceToSequence(encoder, Case.build("recurrent").layers("decoder", layers, block, (layer, xBTD) -> {
                Tensor x = xBTD.plus(remembered(layer, xBTD));
                return x.plus(layer.attention("cross", layer.norm("n1", x), Attend.over(encoder.output())));
            }));
        }
    };

    abstract Model build(int layers, Block block);

    private static Stack encoder(int layers, Block block) {
        return Case.build("recurrent").layers("encoder", layers, block, (layer, xBSD) -> xBSD.plus(remembered(layer, xBSD)));
    }

    private static Tensor remembered(Layer layer, Tensor xBTD) {
        return layer.recurrent("memory", layer.block().width(), before -> states(layer, xBTD, before));
    }

    /** h_t = sigmoid(k_t) h_(t-1) + c_t */
    private static Tensor states(Layer layer, Tensor xBTD, Tensor before) {
        Tensor keep = layer.linear("keep", xBTD, layer.block().width()).sigmoid();
        return layer.graph().apply(new LinearRecurrence(), keep.log(), layer.linear("add", xBTD, layer.block().width()), before);
    }

    /** (B, D) at each source's last token */
    private static Tensor last(Layer layer, Tensor xBSD) {
        Dim batch = xBSD.shape().get(0);
        Tensor index = layer.sourceLengths().minus(layer.graph().constant(1, DType.INT, Shape.SCALAR)).reshape(Shape.of(batch, Dim.of(1), Dim.of(1)));
        return xBSD.gather(1, index).reshape(Shape.of(batch, xBSD.shape().get(2)));
    }
}
