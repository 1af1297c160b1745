package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Importer.Imported;
import org.encore.api.inference.Importer.SourceFrame;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.export.Attended;
import org.encore.experiment.imported.Continuation;
import org.encore.experiment.imported.ImportedModel;
import org.encore.importers.T5;
import org.encore.onnx.OrtCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny models in the layout of Hugging Face's library, against T5 written out in double precision. */
class T5Test {

    private static final int WIDTH = 10;
    private static final int HIDDEN = 14;
    private static final int HEADS = 3;
    private static final int HEAD = 5;
    private static final int VOCABULARY = 19;
    private static final int LAYERS = 2;
    private static final double EPSILON = 1e-6;

    private final Registry registry = Registry.ofPlatform();

    /** T5 of 2019, and 1.1. */
    private enum Version {
        ONE("relu", true), ONE_ONE("gated-gelu", false);

        private final String feedForward;
        private final boolean tied;

        Version(String feedForward, boolean tied) {
            this.feedForward = feedForward;
            this.tied = tied;
        }
    }

    private static Map<String, Weights.Values> tiny(Path folder, Version version) throws IOException {
        var random = new Random(11);
        var tensors = new LinkedHashMap<String, Weights.Values>();
        tensors.put("shared.weight", values(random, VOCABULARY, WIDTH));
        for (String stack : new String[] {"encoder", "decoder"}) {
            tensors.put(stack + ".embed_tokens.weight", tensors.get("shared.weight"));
            for (int layer = 0; layer < LAYERS; layer++) {
                String at = stack + ".block." + layer + ".layer.";
                attention(random, tensors, at + "0", "SelfAttention");
                if (layer == 0) {
                    tensors.put(at + "0.SelfAttention.relative_attention_bias.weight", values(random, 32, HEADS));
                }
                if (stack.equals("decoder")) {
                    attention(random, tensors, at + "1", "EncDecAttention");
                }
                String feedForward = at + (stack.equals("decoder") ? 2 : 1);
                for (String in : version == Version.ONE ? new String[] {"wi"} : new String[] {"wi_0", "wi_1"}) {
                    tensors.put(feedForward + ".DenseReluDense." + in + ".weight", values(random, HIDDEN, WIDTH));
                }
                tensors.put(feedForward + ".DenseReluDense.wo.weight", values(random, WIDTH, HIDDEN));
                tensors.put(feedForward + ".layer_norm.weight", values(random, WIDTH));
            }
            tensors.put(stack + ".final_layer_norm.weight", values(random, WIDTH));
        }
        if (version == Version.ONE) {   // old checkpoints have it, and nothing reads it
            tensors.put("decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight", values(random, 32, HEADS));
        } else {
            tensors.put("lm_head.weight", values(random, VOCABULARY, WIDTH));
        }
        SafeTensors.write(folder.resolve("model.safetensors"), new Weights(tensors), Map.of("format", "pt"));
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5", "d_model": %d, "d_ff": %d, "d_kv": %d, "num_heads": %d, "num_layers": %d,
                 "relative_attention_num_buckets": 32, "layer_norm_epsilon": %s, "feed_forward_proj": "%s", "tie_word_embeddings": %s, "vocab_size": %d,
                 "decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1, "is_encoder_decoder": true}
                """.formatted(WIDTH, HIDDEN, HEAD, HEADS, LAYERS, EPSILON, version.feedForward, version.tied, VOCABULARY));
        return tensors;
    }

    private static void attention(Random random, Map<String, Weights.Values> tensors, String at, String name) {
        for (String matrix : new String[] {"q", "k", "v"}) {
            tensors.put(at + "." + name + "." + matrix + ".weight", values(random, HEADS * HEAD, WIDTH));
        }
        tensors.put(at + "." + name + ".o.weight", values(random, WIDTH, HEADS * HEAD));
        tensors.put(at + ".layer_norm.weight", values(random, WIDTH));
    }

    private static Weights.Values values(Random random, long... shape) {
        var values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * (shape.length == 1 ? 0.3 : 0.4) + (shape.length == 1 ? 1 : 0));
        }
        return new Weights.Values(shape, FloatBuffer.wrap(values));
    }

    /** Rows so long that every bucket of distances is met, the last one too. */
    @Test
    void aT5FolderComputesWhatItsConventionsSay(@TempDir Path folder) throws IOException {
        for (Version version : Version.values()) {
            Path source = Files.createDirectory(folder.resolve(version.name()));
            Map<String, Weights.Values> tensors = tiny(source, version);
            ImportedModel model = ImportedModel.write(new T5().read(source, new T5.Options()), "t5", folder.resolve("imported " + version), registry);
            assertThat(model.model().architecture()).isEqualTo("encoder-decoder");
            assertThat(model.source()).contains(new SourceFrame(List.of(), List.of(1)));
            int[] ids = new Random(3).ints(150, 2, VOCABULARY).toArray();
            int[] target = new Random(4).ints(140, 2, VOCABULARY).toArray();
            target[0] = model.startToken();
            var plain = new PlainT5(new PlainWeights(tensors), version);
            double[][] expected = plain.logits(ids, target);
            try (LoadedModel loaded = new OrtCpu().load(model.model(), model.weights(), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 300)) {
                Logits logits = generator.start(new int[][] {ids});
                for (int t = 0; t < target.length; t++) {
                    for (int v = 0; v < VOCABULARY; v++) {
                        assertThat((double) logits.get(0, v)).as("%s, token %d, id %d", version, t, v).isCloseTo(expected[t][v], within(2e-4));
                    }
                    logits = t + 1 < target.length ? generator.next(new int[] {target[t + 1]}) : logits;
                }
            }
        }
    }

    @Test
    void anImportedModelWritesTheLikeliestTargetAndNotTheSource(@TempDir Path folder) throws IOException {
        Path source = Files.createDirectory(folder.resolve("t5"));
        var plain = new PlainT5(new PlainWeights(tiny(source, Version.ONE_ONE)), Version.ONE_ONE);
        ImportedModel model = ImportedModel.write(new T5().read(source, new T5.Options()), "t5", folder.resolve("imported"), registry);
        int[] ids = {5, 8, 13, 1};
        var expected = new int[] {0};
        for (int t = 0; t < 6; t++) {
            double[] last = plain.logits(ids, expected)[t];
            int best = IntStream.range(0, VOCABULARY).reduce((a, b) -> last[b] > last[a] ? b : a).orElseThrow();
            if (best == 1) {
                break;
            }
            expected = Arrays.copyOf(expected, t + 2);
            expected[t + 1] = best;
        }
        try (LoadedModel loaded = new OrtCpu().load(model.model(), model.weights(), new OrtCpu.Options(1))) {
            assertThat(Continuation.greedy(model, loaded, ids, 6)).containsExactly(Arrays.copyOfRange(expected, 1, expected.length)).isNotEmpty();
        }
    }

    @Test
    void aTokenizersSourceEndsWithTheEndToken(@TempDir Path folder) throws IOException {
        tiny(folder, Version.ONE);
        Imported imported = new T5().read(folder, new T5.Options());
        var vocabulary = new StringBuilder();
        for (int id = 3; id < VOCABULARY; id++) {
            vocabulary.append(",[\"").append((char) ('a' + id)).append("\",-1.0]");
        }
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [
                  {"id": 0, "content": "<pad>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 1, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "decoder": {"type": "Fuse"}, "model": {"type": "Unigram", "unk_id": 2, "vocab": [["<pad>", 0.0], ["</s>", 0.0], ["<unk>", -9.0]%s]}}
                """.formatted(vocabulary));
        assertThat(imported.tokenizer()).isEmpty();
        ImportedModel model = ImportedModel.write(new T5().read(folder, new T5.Options()), "t5", folder.resolve("imported"), registry);
        Tokenizer tokenizer = model.tokenizer().orElseThrow();
        assertThat(tokenizer.encodeSource("dfe")).containsExactly(3, 5, 4, 1);
        assertThat(tokenizer.encodeTarget("dfe")).containsExactly(3, 5, 4);
        assertThat(tokenizer.decodeTarget(new int[] {3, 5, 1})).isEqualTo("df");
        assertThat(ImportedModel.read(folder.resolve("imported"), registry).source()).isEqualTo(imported.source());
        Attended attended = Attended.of(model.model(), model.weights(), tokenizer, registry, tokenizer.encodeSource("hi"), new int[] {5}, () -> false);
        AttentionMap across = attended.maps().stream().filter(map -> attended.keys(map).equals(List.of("h", "i", "#1"))).reduce((first, last) -> last).orElseThrow();
        assertThat(attended.queries(across)).as("what an imported model looks at its source from").containsExactly("(start) → f", "f → ");
        assertThat(across.mean(0, 0) + across.mean(0, 1) + across.mean(0, 2)).isEqualTo(1, within(1e-6));
    }

    @Test
    void whatT5IsNotIsSaid(@TempDir Path folder) throws IOException {
        tiny(folder, Version.ONE);
        Path config = folder.resolve("config.json");
        String good = Files.readString(config);
        Files.writeString(config, good.replace("\"t5\"", "\"umt5\""));
        assertThatThrownBy(() -> new T5().read(folder, new T5.Options())).hasMessageContaining("model_type is umt5, and only t5 or mt5 is read");
        Files.writeString(config, good.replace("\"relu\"", "\"gated-swish\""));
        assertThatThrownBy(() -> new T5().read(folder, new T5.Options())).hasMessageContaining("feed_forward_proj is gated-swish, and only relu, gated-gelu");
        Files.writeString(config, good.replace("\"num_layers\": 2", "\"num_layers\": 2, \"num_decoder_layers\": 3"));
        assertThatThrownBy(() -> new T5().read(folder, new T5.Options())).isInstanceOf(IOException.class).hasMessageContaining("missing [decoder.block.2.layer.0");
    }

    /** As published: no scaling of scores, distances in buckets, no bias anywhere, norms without mean, and a tied head of which the input is divided. */
    private record PlainT5(PlainWeights weights, Version version) {

        double[][] logits(int[] source, int[] target) {
            double[][] memory = stack("encoder", source, new double[0][]);
            double[][] decoded = stack("decoder", target, memory);
            var logits = new double[target.length][];
            for (int t = 0; t < target.length; t++) {
                double[] x = decoded[t].clone();
                if (version.tied) {
                    Arrays.setAll(x, i -> x[i] / Math.sqrt(WIDTH));
                }
                logits[t] = weights.times(version.tied ? "shared.weight" : "lm_head.weight", x);
            }
            return logits;
        }

        private double[][] stack(String stack, int[] ids, double[][] memory) {
            double[][] x = Arrays.stream(ids).mapToObj(id -> weights.row("shared.weight", id, WIDTH)).toArray(double[][]::new);
            boolean decoder = stack.equals("decoder");
            float[] distances = weights.of(stack + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight");
            for (int layer = 0; layer < LAYERS; layer++) {
                String at = stack + ".block." + layer + ".layer.";
                double[][] normed = weights.norm(at + "0.layer_norm.weight", x, EPSILON, 0);
                PlainWeights.add(x, attention(at + "0.SelfAttention.", normed, normed, decoder, distances));
                if (decoder) {
                    PlainWeights.add(x, attention(at + "1.EncDecAttention.", weights.norm(at + "1.layer_norm.weight", x, EPSILON, 0), memory, false, null));
                }
                String last = at + (decoder ? 2 : 1);
                double[][] inner = weights.norm(last + ".layer_norm.weight", x, EPSILON, 0);
                var outer = new double[x.length][];
                for (int t = 0; t < x.length; t++) {
                    outer[t] = feedForward(last + ".DenseReluDense.", inner[t]);
                }
                PlainWeights.add(x, outer);
            }
            return weights.norm(stack + ".final_layer_norm.weight", x, EPSILON, 0);
        }

        private double[] feedForward(String at, double[] x) {
            if (version == Version.ONE) {
                return weights.times(at + "wo.weight", Arrays.stream(weights.times(at + "wi.weight", x)).map(v -> Math.max(0, v)).toArray());
            }
            return weights.times(at + "wo.weight", PlainWeights.gated(weights.times(at + "wi_0.weight", x), weights.times(at + "wi_1.weight", x)));
        }

        private double[][] attention(String at, double[][] of, double[][] over, boolean causal, float[] distances) {
            var mixed = new double[of.length][];
            double[][] keys = Arrays.stream(over).map(x -> weights.times(at + "k.weight", x)).toArray(double[][]::new);
            double[][] values = Arrays.stream(over).map(x -> weights.times(at + "v.weight", x)).toArray(double[][]::new);
            for (int t = 0; t < of.length; t++) {
                double[] query = weights.times(at + "q.weight", of[t]);
                var sum = new double[HEADS * HEAD];
                int seen = causal ? t + 1 : over.length;
                for (int head = 0; head < HEADS; head++) {
                    var shares = new double[seen];
                    for (int s = 0; s < seen; s++) {
                        for (int i = head * HEAD; i < (head + 1) * HEAD; i++) {
                            shares[s] += query[i] * keys[s][i];
                        }
                        shares[s] += distances == null ? 0 : distances[bucket(s - t, !causal) * HEADS + head];
                    }
                    double most = Arrays.stream(shares).max().orElseThrow();
                    Arrays.setAll(shares, s -> Math.exp(shares[s] - most));
                    double all = Arrays.stream(shares).sum();
                    for (int s = 0; s < seen; s++) {
                        for (int i = head * HEAD; i < (head + 1) * HEAD; i++) {
                            sum[i] += shares[s] / all * values[s][i];
                        }
                    }
                }
                mixed[t] = weights.times(at + "o.weight", sum);
            }
            return mixed;
        }

        /** In single precision, as the published code computes it. */
        private static int bucket(int relative, boolean bothWays) {
            int buckets = bothWays ? 16 : 32;
            int distance = bothWays ? Math.abs(relative) : Math.max(0, -relative);
            int offset = bothWays && relative > 0 ? 16 : 0;
            int exact = buckets / 2;
            if (distance < exact) {
                return offset + distance;
            }
            float far = (float) ((float) Math.log((float) distance / exact) / Math.log(128.0 / exact)) * (buckets - exact);
            return offset + Math.min(exact + (int) far, buckets - 1);
        }
    }
}
