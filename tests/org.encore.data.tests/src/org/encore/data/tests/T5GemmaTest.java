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

import org.encore.api.extension.Registry;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Importer.SourceFrame;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.imported.ImportedModel;
import org.encore.importers.T5Gemma;
import org.encore.onnx.OrtCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny model in the layout of Hugging Face's library, against T5Gemma written out in double precision. Windows and caps are so small that they matter. */
class T5GemmaTest {

    private static final int WIDTH = 12;
    private static final int HIDDEN = 18;
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int HEAD = 8;
    private static final int VOCABULARY = 17;
    private static final int ENCODER_LAYERS = 3;
    private static final int DECODER_LAYERS = 2;
    private static final int WINDOW = 4;
    private static final double QUERY_SCALAR = 5;
    private static final double SCORE_CAP = 1.5;
    private static final double LOGIT_CAP = 2.5;
    private static final double THETA = 700;
    private static final double EPSILON = 1e-6;

    private final Registry registry = Registry.ofPlatform();

    private static Map<String, Weights.Values> tiny(Path folder, boolean tied) throws IOException {
        var random = new Random(21);
        var tensors = new LinkedHashMap<String, Weights.Values>();
        for (String stack : new String[] {"encoder", "decoder"}) {
            String model = "model." + stack + ".";
            tensors.put(model + "embed_tokens.weight", values(random, VOCABULARY, WIDTH));
            for (int layer = 0; layer < (stack.equals("encoder") ? ENCODER_LAYERS : DECODER_LAYERS); layer++) {
                String at = model + "layers." + layer + ".";
                for (String attention : stack.equals("encoder") ? List.of("self_attn") : List.of("self_attn", "cross_attn")) {
                    tensors.put(at + attention + ".q_proj.weight", values(random, HEADS * HEAD, WIDTH));
                    tensors.put(at + attention + ".k_proj.weight", values(random, KEY_HEADS * HEAD, WIDTH));
                    tensors.put(at + attention + ".v_proj.weight", values(random, KEY_HEADS * HEAD, WIDTH));
                    tensors.put(at + attention + ".o_proj.weight", values(random, WIDTH, HEADS * HEAD));
                    tensors.put(at + "pre_" + attention + "_layernorm.weight", values(random, WIDTH));
                    tensors.put(at + "post_" + attention + "_layernorm.weight", values(random, WIDTH));
                }
                tensors.put(at + "mlp.gate_proj.weight", values(random, HIDDEN, WIDTH));
                tensors.put(at + "mlp.up_proj.weight", values(random, HIDDEN, WIDTH));
                tensors.put(at + "mlp.down_proj.weight", values(random, WIDTH, HIDDEN));
                tensors.put(at + "pre_feedforward_layernorm.weight", values(random, WIDTH));
                tensors.put(at + "post_feedforward_layernorm.weight", values(random, WIDTH));
            }
            tensors.put(model + "norm.weight", values(random, WIDTH));
        }
        if (!tied) {
            tensors.put("lm_head.out_proj.weight", values(random, VOCABULARY, WIDTH));
        }
        SafeTensors.write(folder.resolve("model.safetensors"), new Weights(tensors), Map.of("format", "pt"));
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["T5GemmaForConditionalGeneration"], "model_type": "t5gemma", "is_encoder_decoder": true, "tie_word_embeddings": %s,
                 "eos_token_id": [1, 7], "encoder": %s, "decoder": %s}
                """.formatted(tied, stack(ENCODER_LAYERS), stack(DECODER_LAYERS)));
        return tensors;
    }

    private static String stack(int layers) {
        return """
                {"hidden_size": %d, "intermediate_size": %d, "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d, "num_hidden_layers": %d,
                 "vocab_size": %d, "hidden_activation": "gelu_pytorch_tanh", "query_pre_attn_scalar": %s, "sliding_window": %d, "attn_logit_softcapping": %s,
                 "final_logit_softcapping": %s, "rope_theta": %s, "rms_norm_eps": %s, "attention_bias": false, "bos_token_id": 2, "pad_token_id": 0,
                 "layer_types": ["sliding_attention", "full_attention"%s]}""".formatted(WIDTH, HIDDEN, HEADS, KEY_HEADS, HEAD, layers, VOCABULARY,
                QUERY_SCALAR, WINDOW, SCORE_CAP, LOGIT_CAP, THETA, EPSILON, layers > 2 ? ", \"sliding_attention\"" : "");
    }

    private static Weights.Values values(Random random, long... shape) {
        var values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 0.4);
        }
        return new Weights.Values(shape, FloatBuffer.wrap(values));
    }

    @Test
    void aT5GemmaFolderComputesWhatItsConventionsSay(@TempDir Path folder) throws IOException {
        for (boolean tied : new boolean[] {true, false}) {
            Path source = Files.createDirectory(folder.resolve("tied " + tied));
            Map<String, Weights.Values> tensors = tiny(source, tied);
            ImportedModel model = ImportedModel.write(new T5Gemma().read(source, new T5Gemma.Options()), "t5gemma", folder.resolve("imported " + tied), registry);
            assertThat(model.model().architecture()).isEqualTo("encoder-decoder");
            assertThat(model.source()).contains(new SourceFrame(List.of(2), List.of()));
            assertThat(model.startToken()).isEqualTo(2);
            assertThat(model.endToken()).isEqualTo(1);
            int[] ids = {2, 5, 9, 4, 16, 3, 7, 11, 10, 3, 8};
            int[] target = {2, 6, 12, 13, 4, 4, 9, 15, 3, 10};
            double[][] expected = new PlainT5Gemma(new PlainWeights(tensors), tied).logits(ids, target);
            try (LoadedModel loaded = new OrtCpu().load(model.model(), model.weights(), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 40)) {
                Logits logits = generator.start(new int[][] {ids});
                for (int t = 0; t < target.length; t++) {
                    for (int v = 0; v < VOCABULARY; v++) {
                        assertThat((double) logits.get(0, v)).as("tied %s, token %d, id %d", tied, t, v).isCloseTo(expected[t][v], within(1e-4));
                    }
                    logits = t + 1 < target.length ? generator.next(new int[] {target[t + 1]}) : logits;
                }
            }
        }
    }

    @Test
    void whatAnEncoderDecoderHereIsNotIsSaid(@TempDir Path folder) throws IOException {
        tiny(folder, true);
        Path config = folder.resolve("config.json");
        String good = Files.readString(config);
        Files.writeString(config, good.replaceFirst("\"hidden_size\": 12", "\"hidden_size\": 14"));
        assertThatThrownBy(() -> new T5Gemma().read(folder, new T5Gemma.Options())).hasMessageContaining("encoder and decoder differ")
                .hasMessageContaining("width=14").hasMessageContaining("width=12");
        Files.writeString(config, good.replaceFirst("\"sliding_attention\", \"full_attention\"", "\"full_attention\", \"full_attention\""));
        assertThatThrownBy(() -> new T5Gemma().read(folder, new T5Gemma.Options())).hasMessageContaining("layer 0 of 3 has full_attention; only sliding_attention");
        Files.writeString(config, good.replace("gelu_pytorch_tanh", "silu"));
        assertThatThrownBy(() -> new T5Gemma().read(folder, new T5Gemma.Options())).hasMessageContaining("hidden_activation is silu, and only gelu_pytorch_tanh");
        Files.writeString(config, good.replace("\"encoder\":", "\"coder\":"));
        assertThatThrownBy(() -> new T5Gemma().read(folder, new T5Gemma.Options())).isInstanceOf(IOException.class).hasMessageContaining("has no encoder");
    }

    /** As published: norms of 1 + weight on both sides of each part, embeddings times sqrt(D), capped scores and logits, a window in every second layer. */
    private record PlainT5Gemma(PlainWeights weights, boolean tied) {

        double[][] logits(int[] source, int[] target) {
            double[][] decoded = stack("decoder", DECODER_LAYERS, target, stack("encoder", ENCODER_LAYERS, source, new double[0][]));
            return Arrays.stream(decoded).map(x -> Arrays.stream(weights.times(tied ? "model.decoder.embed_tokens.weight" : "lm_head.out_proj.weight", x))
                    .map(v -> LOGIT_CAP * Math.tanh(v / LOGIT_CAP)).toArray()).toArray(double[][]::new);
        }

        private double[][] stack(String stack, int layers, int[] ids, double[][] memory) {
            boolean decoder = stack.equals("decoder");
            double[][] x = Arrays.stream(ids).mapToObj(id -> Arrays.stream(weights.row("model." + stack + ".embed_tokens.weight", id, WIDTH))
                    .map(v -> v * Math.sqrt(WIDTH)).toArray()).toArray(double[][]::new);
            for (int layer = 0; layer < layers; layer++) {
                String at = "model." + stack + ".layers." + layer + ".";
                int window = layer % 2 == 0 ? WINDOW : Integer.MAX_VALUE / 2;
                double[][] before = normed(at + "pre_self_attn_layernorm.weight", x);
                PlainWeights.add(x, normed(at + "post_self_attn_layernorm.weight", attention(at + "self_attn.", before, before, true, decoder, window)));
                if (decoder) {
                    PlainWeights.add(x, normed(at + "post_cross_attn_layernorm.weight",
                            attention(at + "cross_attn.", normed(at + "pre_cross_attn_layernorm.weight", x), memory, false, false, Integer.MAX_VALUE / 2)));
                }
                double[][] outer = Arrays.stream(normed(at + "pre_feedforward_layernorm.weight", x)).map(v -> feedForward(at + "mlp.", v)).toArray(double[][]::new);
                PlainWeights.add(x, normed(at + "post_feedforward_layernorm.weight", outer));
            }
            return normed("model." + stack + ".norm.weight", x);
        }

        private double[][] normed(String name, double[][] x) {
            return weights.norm(name, x, EPSILON, 1);
        }

        private double[] feedForward(String at, double[] x) {
            return weights.times(at + "down_proj.weight", PlainWeights.gated(weights.times(at + "gate_proj.weight", x), weights.times(at + "up_proj.weight", x)));
        }

        private double[][] attention(String at, double[][] of, double[][] over, boolean rotated, boolean causal, int window) {
            var keys = new double[over.length][];
            var values = new double[over.length][];
            for (int s = 0; s < over.length; s++) {
                keys[s] = rotated ? PlainWeights.rotated(weights.times(at + "k_proj.weight", over[s]), HEAD, THETA, s) : weights.times(at + "k_proj.weight", over[s]);
                values[s] = weights.times(at + "v_proj.weight", over[s]);
            }
            var mixed = new double[of.length][];
            for (int t = 0; t < of.length; t++) {
                double[] query = rotated ? PlainWeights.rotated(weights.times(at + "q_proj.weight", of[t]), HEAD, THETA, t) : weights.times(at + "q_proj.weight", of[t]);
                var sum = new double[HEADS * HEAD];
                for (int head = 0; head < HEADS; head++) {
                    int shared = head / (HEADS / KEY_HEADS) * HEAD;
                    var shares = new double[over.length];
                    double all = 0;
                    for (int s = 0; s < over.length; s++) {
                        if (causal && s > t || Math.abs(s - t) >= window) {
                            continue;
                        }
                        double score = 0;
                        for (int i = 0; i < HEAD; i++) {
                            score += query[head * HEAD + i] * keys[s][shared + i];
                        }
                        shares[s] = Math.exp(SCORE_CAP * Math.tanh(score / Math.sqrt(QUERY_SCALAR) / SCORE_CAP));
                        all += shares[s];
                    }
                    for (int s = 0; s < over.length; s++) {
                        for (int i = 0; i < HEAD; i++) {
                            sum[head * HEAD + i] += shares[s] / all * values[s][shared + i];
                        }
                    }
                }
                mixed[t] = weights.times(at + "o_proj.weight", sum);
            }
            return mixed;
        }
    }
}
