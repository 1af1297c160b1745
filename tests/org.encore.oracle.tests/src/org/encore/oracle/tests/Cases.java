package org.encore.oracle.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Block.Mlp;
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
            var random = new Random(200 + i);
            Block block = block(random, i);
            for (Recurrent form : Recurrent.values()) {
                cases.add(Case.of("recurrent " + form.name().toLowerCase(java.util.Locale.ROOT) + " " + i, form.build(1 + i % 3, block), random));
            }
        }
        return cases;
    }

    private static Block block(Random random, int i) {
        int kvHeads = 1 + random.nextInt(2);
        return new Block(8 + 4 * random.nextInt(3), kvHeads * (1 + random.nextInt(2)), kvHeads, HEAD_SIZES[i],
                i % 2 == 0 ? Mlp.SWIGLU : Mlp.GELU, 2, i % 2 == 1, i % 3 != 1, 10000, i % 2 == 1, 0);
    }
}
