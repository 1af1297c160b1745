package org.encore.oracle.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Block.Mlp;
import org.encore.api.architecture.Block.Norms;
import org.encore.api.architecture.Build.Embeddings;
import org.encore.api.architecture.Positions;
import org.encore.architectures.DecoderDecoder;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.DecoderOnly.Prefix;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.architectures.ResidualBridged.Bridge;
import org.encore.testing.Case;

/** Every built-in architecture, and recurrent ones, at random small sizes. */
final class Cases {

    private static final int PER_ARCHITECTURE = 5;
    /** Sizes that a fused attention kernel takes with rotation, without, and not at all. */
    private static final int[] HEAD_SIZES = {4, 8, 16, 6, 16};

    private Cases() {}

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(100 + i);
            Block block = block(random, i);
            var causal = new DecoderOnly.Options(1 + i % 3, Prefix.CAUSAL, block);
            var prefix = new DecoderOnly.Options(1 + i % 3, Prefix.BIDIRECTIONAL, block);
            var encoderDecoder = new EncoderDecoder.Options(1 + i % 3, 1 + i % 2, block);
            var weighted = new ResidualBridged.Options(1 + i % 3, 1 + i % 2, new Bridge.Weighted(), block);
            var gated = new ResidualBridged.Options(2 + i % 2, 2, new Bridge.Gated(), block);
            var shared = new DecoderDecoder.Options(1 + i % 3, 1 + i % 2, 0, block);
            var windowed = new DecoderDecoder.Options(1 + i % 2, 1 + i % 3, 2 + i % 3, block);
            cases.add(Case.of("decoder-only causal " + i, new DecoderOnly().build(causal, Case.build("decoder-only")), random));
            cases.add(Case.of("decoder-only prefix " + i, new DecoderOnly().build(prefix, Case.build("decoder-only")), random));
            cases.add(Case.of("encoder-decoder " + i, new EncoderDecoder().build(encoderDecoder, Case.build("encoder-decoder")), random));
            cases.add(Case.of("bridged weighted " + i, new ResidualBridged().build(weighted, Case.build("residual-bridged")), random));
            cases.add(Case.of("bridged gated " + i, new ResidualBridged().build(gated, Case.build("residual-bridged")), random));
            cases.add(Case.of("decoder-decoder " + i, new DecoderDecoder().build(shared, Case.build("decoder-decoder")), random));
            cases.add(Case.of("decoder-decoder windowed " + i, new DecoderDecoder().build(windowed, Case.build("decoder-decoder")), random));
        }
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(300 + i);
            Block block = relative(block(random, i), i);
            var decoder = new DecoderOnly.Options(1 + i % 3, i % 2 == 0 ? Prefix.CAUSAL : Prefix.BIDIRECTIONAL, block);
            var encoderDecoder = new EncoderDecoder.Options(1 + i % 3, 1 + i % 2, block);
            var shared = new DecoderDecoder.Options(1 + i % 2, 1 + i % 3, i % 2 == 0 ? 0 : 3, block);
            cases.add(Case.of("decoder-only " + (i % 2 == 0 ? "causal" : "prefix") + " relative " + i,
                    new DecoderOnly().build(decoder, Case.build("decoder-only")), random));
            cases.add(Case.of("encoder-decoder relative " + i, new EncoderDecoder().build(encoderDecoder, Case.build("encoder-decoder")), random));
            cases.add(Case.of("decoder-decoder relative " + i, new DecoderDecoder().build(shared, Case.build("decoder-decoder")), random));
        }
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(400 + i);
            Block block = gemma(block(random, i));
            var options = new EncoderDecoder.Options(1 + i % 3, 1 + i % 2, i % 2 == 0 ? 0 : 2, i % 2 == 0 ? Embeddings.APART : Embeddings.SHARED, block);
            cases.add(Case.of("encoder-decoder as Gemma " + i, new EncoderDecoder().build(options, Case.build("encoder-decoder")), random));
            cases.add(Case.of("decoder-only causal as Gemma " + i, new DecoderOnly().build(new DecoderOnly.Options(2, Prefix.CAUSAL, block), Case.build("decoder-only")),
                    random));
        }
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(200 + i);
            Block block = block(random, i);
            for (Recurrent form : Recurrent.values()) {
                cases.add(Case.of("recurrent " + form.name().toLowerCase(java.util.Locale.ROOT) + " " + i, form.build(1 + i % 3, block), random));
            }
        }
        return cases;
    }

    /** The same with relative positions, and the feed-forward forms that come with them. */
    private static Block relative(Block of, int i) {
        return new Block(of.width(), of.heads(), of.kvHeads(), of.headSize(), i % 2 == 0 ? Mlp.GEGLU : Mlp.RELU, of.expansion(), of.biases(), of.tied(), of.ropeTheta(),
                of.ropeInCross(), 0, of.normEpsilon(), new Positions.Relative(i % 3 == 0 ? 4 : 8, 6), Norms.PRE, 0, 0);
    }

    /** The same with norms on both sides, and caps that are low enough to be felt. */
    private static Block gemma(Block of) {
        return new Block(of.width(), of.heads(), of.kvHeads(), of.headSize(), Mlp.GEGLU, of.expansion(), of.biases(), of.tied(), of.ropeTheta(), of.ropeInCross(), 0,
                of.normEpsilon(), of.positions(), Norms.SANDWICH, 0.7, 0.9);
    }

    private static Block block(Random random, int i) {
        int kvHeads = 1 + random.nextInt(2);
        return new Block(8 + 4 * random.nextInt(3), kvHeads * (1 + random.nextInt(2)), kvHeads, HEAD_SIZES[i],
                i % 2 == 0 ? Mlp.SWIGLU : Mlp.GELU, 2, i % 2 == 1, i % 3 != 1, 10000, i % 2 == 1, 0);
    }
}
