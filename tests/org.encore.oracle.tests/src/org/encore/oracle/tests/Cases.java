package org.encore.oracle.tests;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Block.Mlp;
import org.encore.api.architecture.Build;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.DecoderOnly.Prefix;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.architectures.ResidualBridged.Bridge;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.reference.Value;

/** Every built-in architecture, and recurrent ones, at random small sizes, with random weights that hide nothing: gates and gains are far from their start. */
final class Cases {

    static final int VOCABULARY = 11;
    static final int START = 1;
    private static final int PER_ARCHITECTURE = 5;
    /** Sizes that a fused attention kernel takes with rotation, without, and not at all. */
    private static final int[] HEAD_SIZES = {4, 8, 16, 6, 16};

    private Cases() {}

    /** One model with weights and inputs. */
    record Case(String name, Model model, Weights weights, Inputs inputs) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Right-padded sources and targets; every target begins with the start token. */
    record Inputs(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] targetLengths) {

        Map<String, Value> train() {
            var inputs = new HashMap<>(prefill());
            inputs.put(Names.TARGET, Value.of(new long[] {rows, targetTime}, target));
            inputs.put(Names.TARGET_LENGTHS, Value.of(new long[] {rows}, targetLengths));
            return inputs;
        }

        Map<String, Value> prefill() {
            return Map.of(Names.SOURCE, Value.of(new long[] {rows, sourceTime}, source), Names.SOURCE_LENGTHS,
                    Value.of(new long[] {rows}, sourceLengths));
        }

        int[][] sources() {
            var sources = new int[rows][];
            for (int row = 0; row < rows; row++) {
                sources[row] = new int[(int) sourceLengths[row]];
                for (int i = 0; i < sources[row].length; i++) {
                    sources[row][i] = (int) source[row * sourceTime + i];
                }
            }
            return sources;
        }
    }

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(100 + i);
            Block block = block(random, i);
            cases.add(of("decoder-only causal " + i, new DecoderOnly().build(new DecoderOnly.Options(1 + i % 3, Prefix.CAUSAL, block), build("decoder-only")), random));
            cases.add(of("decoder-only prefix " + i, new DecoderOnly().build(new DecoderOnly.Options(1 + i % 3, Prefix.BIDIRECTIONAL, block), build("decoder-only")), random));
            cases.add(of("encoder-decoder " + i, new EncoderDecoder().build(new EncoderDecoder.Options(1 + i % 3, 1 + i % 2, block), build("encoder-decoder")), random));
            cases.add(of("bridged weighted " + i,
                    new ResidualBridged().build(new ResidualBridged.Options(1 + i % 3, 1 + i % 2, new Bridge.Weighted(), block), build("residual-bridged")), random));
            cases.add(of("bridged gated " + i,
                    new ResidualBridged().build(new ResidualBridged.Options(2 + i % 2, 2, new Bridge.Gated(), block), build("residual-bridged")), random));
        }
        for (int i = 0; i < PER_ARCHITECTURE; i++) {
            var random = new Random(200 + i);
            Block block = block(random, i);
            for (Recurrent form : Recurrent.values()) {
                cases.add(of("recurrent " + form.name().toLowerCase(java.util.Locale.ROOT) + " " + i, form.build(1 + i % 3, block), random));
            }
        }
        return cases;
    }

    static Build build(String architecture) {
        return new Build(architecture, VOCABULARY, START);
    }

    private static Block block(Random random, int i) {
        int kvHeads = 1 + random.nextInt(2);
        return new Block(8 + 4 * random.nextInt(3), kvHeads * (1 + random.nextInt(2)), kvHeads, HEAD_SIZES[i],
                i % 2 == 0 ? Mlp.SWIGLU : Mlp.GELU, 2, i % 2 == 1, i % 3 != 1, 10000, i % 2 == 1, 0);
    }

    static Case of(String name, Model model, Random random) {
        return new Case(name, model, weights(model, random), inputs(random));
    }

    static Weights weights(Model model, Random random) {
        var drawn = new LinkedHashMap<String, Weights.Values>();
        for (Parameter parameter : model.parameters()) {
            var values = new float[(int) parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.35 * random.nextGaussian() + (parameter.name().endsWith("gain") ? 1 : 0));
            }
            drawn.put(parameter.name(), new Weights.Values(parameter.shape().evaluate(Map.of()), FloatBuffer.wrap(values)));
        }
        return new Weights(drawn);
    }

    static Inputs inputs(Random random) {
        int rows = 1 + random.nextInt(4);
        int sourceTime = 1 + random.nextInt(6);
        int targetTime = 1 + random.nextInt(6);
        var source = ids(random, rows * sourceTime);
        var target = ids(random, rows * targetTime);
        var sourceLengths = new long[rows];
        var targetLengths = new long[rows];
        for (int row = 0; row < rows; row++) {
            sourceLengths[row] = row == 0 ? sourceTime : 1 + random.nextInt(sourceTime);
            targetLengths[row] = row == rows - 1 ? targetTime : 1 + random.nextInt(targetTime);
            target[row * targetTime] = START;
        }
        return new Inputs(rows, sourceTime, targetTime, source, sourceLengths, target, targetLengths);
    }

    private static long[] ids(Random random, int count) {
        return random.longs(count, 0, VOCABULARY).toArray();
    }
}
