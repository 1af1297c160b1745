package org.encore.oracle.tests;

import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.architectures.DecoderDecoder;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.architectures.ResidualBridged;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.reference.Value;
import org.encore.testing.Inputs;

import com.google.gson.Gson;

/**
 * A small model whose logits, loss and gradients were computed outside Encore: by {@code tests/golden/make_golden.py}.
 *
 * @param logits of each row (T, V)
 * @param gradients by {@code name[element]}
 */
record Golden(String name, Config config, Map<String, long[]> shapes, List<Row> rows, List<double[][]> logits, double loss, Map<String, Double> gradients) {

    record Config(String architecture, String prefix, String bridge, int layers, int encoderLayers, int decoderLayers, int selfLayers, int crossLayers,
            int window, int width, int heads, int kvHeads, int headSize, String mlp, double expansion, boolean biases, boolean tied, boolean ropeInCross) {}

    record Row(long[] source, long[] target, long[] labels) {}

    static final double SMOOTHING = 0.1;

    static List<Golden> all() {
        try (var reader = new InputStreamReader(Golden.class.getResourceAsStream("golden.json"), StandardCharsets.UTF_8)) {
            return List.of(new Gson().fromJson(reader, Golden[].class));
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    Model model() {
        var block = new Block(config.width, config.heads, config.kvHeads, config.headSize, Block.Mlp.valueOf(config.mlp.toUpperCase()), config.expansion,
                config.biases, config.tied, 10000, config.ropeInCross, 0);
        var build = new Build(config.architecture, Inputs.VOCABULARY, Inputs.START);
        return switch (config.architecture) {
            case "decoder-only" -> new DecoderOnly().build(new DecoderOnly.Options(config.layers, DecoderOnly.Prefix.valueOf(config.prefix.toUpperCase()), block), build);
            case "encoder-decoder" -> new EncoderDecoder().build(new EncoderDecoder.Options(config.encoderLayers, config.decoderLayers, block), build);
            case "decoder-decoder" -> new DecoderDecoder().build(new DecoderDecoder.Options(config.selfLayers, config.crossLayers, config.window, block), build);
            default -> new ResidualBridged().build(new ResidualBridged.Options(config.encoderLayers, config.decoderLayers,
                    config.bridge.equals("gated") ? new ResidualBridged.Bridge.Gated() : new ResidualBridged.Bridge.Weighted(), block), build);
        };
    }

    /** The script's formula. */
    Function<Parameter, Value> weights() {
        var made = new HashMap<String, Value>();
        return parameter -> made.computeIfAbsent(parameter.name(), n -> {
            var values = new double[(int) parameter.size()];
            int codes = n.chars().sum();
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.4 * Math.sin(0.37 * i + codes) + (n.endsWith("gain") ? 1 : 0);
            }
            return new Value(parameter.shape().evaluate(Map.of()), values);
        });
    }

    /** All rows as one right-padded batch. */
    Map<String, Value> inputs() {
        var inputs = new HashMap<String, Value>();
        inputs.put(Names.SOURCE, padded(rows.stream().map(Row::source).toList()));
        inputs.put(Names.SOURCE_LENGTHS, lengths(rows.stream().map(Row::source).toList()));
        inputs.put(Names.TARGET, padded(rows.stream().map(Row::target).toList()));
        inputs.put(Names.TARGET_LENGTHS, lengths(rows.stream().map(Row::target).toList()));
        inputs.put(Names.LABELS, padded(rows.stream().map(Row::labels).toList()));
        return inputs;
    }

    private static Value padded(List<long[]> rows) {
        int longest = rows.stream().mapToInt(r -> r.length).max().orElseThrow();
        Value value = Value.zeros(rows.size(), longest);
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < rows.get(row).length; i++) {
                value.data()[row * longest + i] = rows.get(row)[i];
            }
        }
        return value;
    }

    private static Value lengths(List<long[]> rows) {
        return Value.of(new long[] {rows.size()}, rows.stream().mapToLong(r -> r.length).toArray());
    }

    /** Largest difference of computed logits (B, T, V) to the golden ones, over the positions that count. */
    double error(Value computed) {
        int time = (int) computed.shape()[1];
        double worst = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int t = 0; t < logits.get(row).length; t++) {
                for (int v = 0; v < Inputs.VOCABULARY; v++) {
                    worst = Math.max(worst, Math.abs(computed.data()[(row * time + t) * Inputs.VOCABULARY + v] - logits.get(row)[t][v]));
                }
            }
        }
        return worst;
    }

    List<Parameter> parameters() {
        return new ArrayList<>(model().train().parameters());
    }
}
